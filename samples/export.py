"""Writing the export of a system and its truth file."""

import csv
import io
from importlib import import_module
from pathlib import Path

from kirjaamo import files
from kirjaamo.samples.region import Region, System
from kirjaamo.samples.systems import Export, Writer

TRUTH = ("system", "source", "table", "row", "field", "kind", "rule", "defect")
"""Columns of the truth file; ``defect`` is one number for all places of one defect."""

WHOLE_ROW = ("*", "")
"""Table and field of a defect of a row as such, as findings have them."""


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
            names = [(table, field), *_shared(system, table, field, injector.also)]
            names = [WHOLE_ROW] if field.startswith("_") else names
            writer.writerows(
                (system.name, source, name, line, column, injector.kind, injector.rule, number)
                for source, line in made.found[table, row]
                for name, column in names
            )
    return stream.getvalue().encode("utf-8")


def _shared(
    system: System, table: str, field: str, also: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return the other fields that the same column of the same file feeds."""
    if not also:
        return []
    part = next(part for part in system.profile.parts if table in part.tables)
    own = part.tables[table].column(field).column
    places = [place.split(".") for place in also]
    return [
        (other, name)
        for other, name in places
        if other in part.tables and part.tables[other].column(name).column == own
    ]
