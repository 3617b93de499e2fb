"""What is known of the national document structures: ``make structures``.

With a folder of national schemas, by default that of the tests, the compiled facts are also
held against them, document by document.
"""

import argparse
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import record
from benchmarks.structures import differential, facts, truth
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Kind, Structures, conditions
from kirjaamo.classifications.structures.importing import import_folder
from tests.reference import SCHEMAS

DOCUMENTS = 20_000


def restricted() -> int:
    """Return how many coded fields of current structures accept only codes that are known.

    The structure itself names the codes, or its list is built in and a rule compares with it.
    """
    codes = Codes()
    return sum(
        bool(field.codes and not field.open) or _listed(codes, field.system or "")
        for structure in Structures().all()
        if structure.status == "current"
        for field in structure.fields
        if field.kind is Kind.CODE
    )


def _listed(codes: Codes, system: str) -> bool:
    found = codes.find(system)
    return found is not None and found.has_codes


def worded(folder: Path) -> Structures:
    """Return the structures with the wording of their fixed texts, imported for this run."""
    place = Path("build/structures")
    import_folder(folder, place, place / "fixed_texts.json")
    return Structures(place)


def main() -> None:
    """Count, compare, print and record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SCHEMAS)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--seeds", type=int, default=1)
    asked = parser.parse_args()
    counted, stated = facts.measures(), conditions.measures()
    figures: dict[str, float] = {
        "imported": counted["imported"],
        "kilobytes": counted["kilobytes"],
        "conditions": stated["conditions"],
        "conditions_expressed": stated["conditions_expressed"],
        "coded_fields": counted["coded_fields_current"],
        "coded_fields_restricted_before": counted["coded_fields_enumerated_current"],
        "coded_fields_restricted_after": restricted(),
    }
    structures = Structures()
    if asked.folder.is_dir():
        paths = sorted(asked.folder.rglob("*.json"))
        agreed = differential.compare(paths, asked.documents, 1)
        figures |= {
            "differential_documents": agreed.documents,
            "differential_agreement": agreed.agreed / agreed.documents,
        }
        structures = worded(asked.folder)
    else:
        print("there are no national schemas here: nothing is compared with them")
    figures |= truth.show(truth.measure(structures, asked.seeds))
    table = Table("structures", "", title="national document structures")
    for name, value in figures.items():
        table.add_row(name, f"{value:,.0f}" if value != 1.0 else "100 %")
    Console().print(table)
    print(record("structures", figures))


if __name__ == "__main__":
    main()
