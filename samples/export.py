"""Writing the export of a system and its truth file."""

import csv
import io
from importlib import import_module
from pathlib import Path

from kirjaamo import files
from kirjaamo.samples.region import Region, System
from kirjaamo.samples.systems import Export, Writer
from kirjaamo.samples.systems.cells import table_map

TRUTH = ("system", "source", "table", "row", "field", "kind", "rule", "defect")
"""Columns of the truth file; ``defect`` is one number for all places of one defect."""


def export(region: Region, system: str, folder: Path) -> list[Path]:
    """Write what *system* exports to *folder*, with the truth of what was damaged.

    The truth file is ``<system>_truth.csv``: a row for every place at which a rule must
    speak, and no value of a record.

    Raises:
        CannotWriteError: The folder cannot be written.
    """
    of = region.systems[system]
    writer: Writer = import_module(f"kirjaamo.samples.systems.{system.lower()}")
    made = writer.write(of)
    content = made.files | {f"{system.lower()}_truth.csv": truth(of, made)}
    for name, data in content.items():
        files.write(folder / name, data)
    return [folder / name for name in content]


def truth(system: System, made: Export) -> bytes:
    """Return the truth file: every place at which a rule must speak."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(TRUTH)
    for number, change in enumerate(system.changes, start=1):
        injector = change.injector
        for table, row, field in change.places:
            for source, line in made.found[table, row]:
                for name, column in ((table, field), *_shared(system, table, field, injector.also)):
                    writer.writerow(
                        (system.name, source, name, line, column, injector.kind, injector.rule, number)
                    )
    return stream.getvalue().encode("utf-8")


def _shared(
    system: System, table: str, field: str, also: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return the other fields that the same column of the same file feeds."""
    part = next(part for part in system.profile.parts if table in part.tables)
    found = []
    for place in also:
        other, _, name = place.partition(".")
        mapped = part.tables.get(other)
        same = mapped and mapped.column(name).column == table_map(system.profile, table).column(field).column
        if same:
            found.append((other, name))
    return found
