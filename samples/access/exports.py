"""The files of the sample: three exports, the rule table, the workspace and the truth."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Final

from kirjaamo.files import write as write_file
from kirjaamo.samples.access.defects import Place, damage
from kirjaamo.samples.access.people import RULES, RULES_FROM, Staff, sound
from kirjaamo.samples.people import Row
from kirjaamo.sources import profile

FILES: Final = {
    "worker": "kvh_tyontekijat.csv",
    "unit": "kvh_yksikot.csv",
    "access_right": "kvh_oikeudet.csv",
}
TRUTH: Final = ("source", "table", "row", "field", "rule")
RULE_COLUMNS: Final = (
    "role", "service_task", "service_process", "unit", "need", "valid_from", "valid_to", "basis",
)  # fmt: skip
BASIS: Final = "Käyttövaltuuspäätös 1/2020 (keksitty)"


def write(folder: Path, *, workers: int, seed: int, defects: float) -> list[Path]:
    """Write the access rights of a region into *folder*, with all that they are held against.

    Args:
        folder: A folder that becomes a workspace.
        workers: How many employees there are.
        seed: Where chance begins.
        defects: Share of the employees of whom something is wrong; ``truth.csv`` says where.

    Raises:
        CannotWriteError: The folder cannot be written.
    """
    staff = sound(workers, Random(f"{seed} access"))  # noqa: S311 - a sample, no secret
    truth = damage(staff, defects)
    tables = {"worker": staff.workers, "unit": staff.units, "access_right": staff.rights}
    own = files("kirjaamo.samples") / "data" / "workspace.toml"
    content = {f"exports/{FILES[name]}": _export(name, rows) for name, rows in tables.items()}
    content |= {
        "kirjaamo.toml": own.read_bytes(),
        "access/rules.csv": _rules(),
        "truth.csv": _truth(staff, truth),
    }
    for name, data in content.items():
        write_file(folder / name, data)
    return [folder / name for name in content]


def _export(table: str, rows: Sequence[Row]) -> bytes:
    """Return rows as the export has them."""
    of = profile.read(files("kirjaamo.samples") / "profiles" / "rights.yaml")
    mapped = next(part.tables[table] for part in of.parts if table in part.tables)
    fields = {name: mapped.column(name).column for name in mapped.fields}
    cells = ([_cell(row[name]) for name in fields] for row in rows)
    return _csv(tuple(fields.values()), cells)


def _cell(value: object) -> str:
    match value:
        case bool():
            return "K" if value else "E"
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case _:
            return "" if value is None else str(value)


def _rules() -> bytes:
    rows = (
        (role, task, process, "", need, RULES_FROM.isoformat(), "", BASIS)
        for role, task, process, need in RULES
    )
    return _csv(RULE_COLUMNS, rows)


def _truth(staff: Staff, truth: Iterable[tuple[str, Place]]) -> bytes:
    """Return every place at which a rule must speak, with the row as a person counts."""
    tables: Mapping[str, list[Row]]
    tables = {"worker": staff.workers, "access_right": staff.rights}
    places = {id(row): n for rows in tables.values() for n, row in enumerate(rows, start=2)}
    rows = (
        (FILES[table], table, str(places[id(row)]), field, code)
        for code, (table, row, field) in truth
    )
    return _csv(TRUTH, rows, delimiter=",")


def _csv(names: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ";") -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(rows)
    return stream.getvalue().encode()
