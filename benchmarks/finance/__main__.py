"""``make finance [LEDGERS=n]``: random ledgers filed, proved, converted and summed again.

Every ledger goes from postings over the mapping to an instance, which Arelle proves with the
sample taxonomy; XML, xBRL-CSV and xBRL-JSON must say the same, and no cent may be lost.  Beside
it, single mutations of an instance must each be found.
"""

import os
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.finance.ledgers import Ground, cents_lost, filed, ground
from benchmarks.measuring import record
from kirjaamo.finance.facts import Filing
from kirjaamo.finance.instances import read
from kirjaamo.finance.proof import arelle, rules
from kirjaamo.finance.proof.package import opened
from kirjaamo.finance.writing import write

LEDGERS = 500
FORMS = (".zip", ".json")
"""Endings of xBRL-CSV and xBRL-JSON."""


def filings(folder: Path, given: Ground, count: int) -> tuple[list[Path], dict[str, float]]:
    """File so many random ledgers; return the instances and what was counted on the way."""
    paths: list[Path] = []
    lost = unequal = facts = broken = 0
    for seed in range(count):
        made = filed(given, seed)
        path = folder / f"ledger_{seed:03}.xbrl"
        write(path, made.filing)
        back = read(path)
        facts += back.facts.height
        lost += cents_lost(made, back.facts, seed)
        unequal += sum(not _same(made.filing, back, folder / f"form{form}") for form in FORMS)
        broken += rules.counts(rules.verdicts(back.facts, given.points))["fails"]
        paths.append(path)
    return paths, {"ledgers": len(paths), "facts": facts, "cents_lost": lost,
                   "forms_unequal": unequal, "own_rules_broken": broken}  # fmt: skip


def _same(made: Filing, back: Filing, other: Path) -> bool:
    """Tell whether the XML read back, and another form written and read back, say the same."""
    write(other, made)
    converted = read(other)
    again = other.with_suffix(".xbrl")
    write(again, converted)
    one = made.facts.sort("signature", "period")
    return all(
        one.equals(each.facts) and each.entry_point == made.entry_point
        and each.entity == made.entity and set(each.indicators) == set(made.indicators)
        for each in (back, converted, read(again))
    )  # fmt: skip


def proved(paths: list[Path], taxonomy: Path, jobs: int) -> dict[str, float]:
    """Return how many errors Arelle has to tell, and how many assertions it evaluated."""
    terms = arelle.Terms((opened(taxonomy),), jobs=jobs)
    outcomes = arelle.prove(paths, terms)
    found = [one for outcome in outcomes for one in outcome.findings]
    counts = [pair for outcome in outcomes for pair in outcome.assertions.values()]
    unproved = sum(outcome.state != "proved" for outcome in outcomes)
    return {
        "arelle_errors": len(found) + unproved,
        "arelle_evaluations": sum(held + failed for held, failed in counts),
    }


def main() -> None:
    """Do it all, print and record."""
    from benchmarks.xbrl.mutations import counts

    started = time.perf_counter()
    many = int(os.environ.get("LEDGERS") or LEDGERS)
    with tempfile.TemporaryDirectory() as name:
        given = ground(Path(name) / "workspace")
        paths, figures = filings(Path(name), given, many)
        taxonomy = given.folder / given.finance.taxonomy
        figures |= proved(paths, taxonomy, os.cpu_count() or 1) | counts()
    figures["finance_seconds"] = time.perf_counter() - started
    table = Table("finance", "", title=f"{many} random ledgers, filed and proved")
    for key, value in figures.items():
        table.add_row(key, f"{value:,.0f}")
    Console().print(table)
    print(record("finance", figures))


if __name__ == "__main__":
    main()
