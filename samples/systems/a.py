"""System A: one wide CSV with a row per decision, and a CSV of entries.

Windows-1252, semicolons, CRLF.  Client, relationship, matter, worker and unit are repeated
on every row.
"""

import csv
import io
from collections.abc import Iterable

from kirjaamo.samples.people import Row
from kirjaamo.samples.region import System
from kirjaamo.samples.systems import Export, Found
from kirjaamo.samples.systems.cells import (
    Cells,
    changed,
    table_map,
    with_changes,
    written,
)
from kirjaamo.sources.writing import as_text

DECISIONS, ENTRIES = "a_paatokset.csv", "a_kirjaukset.csv"
AMOUNT = "MYÖNNETTY EUR"
"""A last column that no profile names; a row that is cut short loses only this."""

REPEATED = {
    "client": "client_id",
    "relationship": "relationship_id",
    "matter": "matter_id",
    "worker": "decision_maker",
    "unit": "unit",
}
"""Tables whose rows stand on the rows of decisions, and the field of the decision that names them."""


def write(system: System) -> Export:
    """Return the two files of system A."""
    forms = as_text(system.profile.forms)
    damage = changed(system.changes, system.profile, forms)
    cells = {
        table: written(system.rows[table], table_map(system.profile, table), forms)
        for table in (*REPEATED, "decision", "entry")
    }
    found: Found = {}
    rows = _wide(system, cells, damage)
    decisions = _file(
        rows, [*_headers(system, DECISIONS), AMOUNT], "decision", DECISIONS, found
    )
    entries = with_changes("entry", cells["entry"], damage)
    kept = _file(entries, _headers(system, ENTRIES), "entry", ENTRIES, found)
    lines = [place for (name, _), (place,) in found.items() if name == "decision"]
    for number, parts in enumerate(_parts(system)):
        for part in parts:
            found.setdefault(part, []).append(lines[number])
    return Export({DECISIONS: decisions, ENTRIES: kept}, found)


def _headers(system: System, file: str) -> list[str]:
    part = next(part for part in system.profile.parts if part.files[:10] == file[:10])
    columns = (table.column(f).column for table in part.tables.values() for f in table.fields)
    return list(dict.fromkeys(columns))


def _parts(system: System) -> list[list[tuple[str, int]]]:
    """Return for every decision the rows that are repeated on it; damaged names lead the way."""
    numbers = {
        table: {row[f"{table}_id"]: n for n, row in enumerate(system.rows[table])}
        for table in REPEATED
    }
    named = {
        (cell[1], cell[2]): value
        for change in system.changes
        for cell, value in change.cells.items()
        if cell[0] == "decision"
    }
    return [
        [
            (table, numbers[table][_name(row, key, named.get((n, key)), numbers[table])])
            for table, key in REPEATED.items()
        ]
        for n, row in enumerate(system.rows["decision"])
    ]


def _name(row: Row, key: str, instead: object, known: dict[str, int]) -> str:
    return str(instead) if instead in known else str(row[key])


def _wide(
    system: System,
    cells: dict[str, list[Cells]],
    damage: dict[tuple[str, int], Cells],
) -> Iterable[Cells]:
    """Yield the cells of every decision with what is repeated on it."""
    for number, parts in enumerate(_parts(system)):
        row: Cells = {AMOUNT: _amount(number)}
        for table, place in parts:
            row |= cells[table][place]
        row |= cells["decision"][number]
        for part in (*parts, ("decision", number)):
            row |= damage.get(part, {})
        yield row


def _amount(number: int) -> str:
    """Return a granted sum with a decimal comma, as the old system wrote them."""
    return f"{number * 37 % 900 + 20},{number % 100:02}" if number % 3 else ""


def _file(
    rows: Iterable[Cells], headers: list[str], table: str, file: str, found: Found
) -> bytes:
    """Return the bytes of a file, and note the line on which every row begins."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    line = 2
    for number, row in enumerate(rows):
        cells = [str(row[header]) for header in headers]
        extra = row.get("_ragged")
        if extra is not None:
            cells = [*cells, str(extra)] if extra else cells[:-1]
        writer.writerow(cells)
        found[table, number] = [(file, line)]
        line += 1 + sum(cell.count("\n") for cell in cells)
    return stream.getvalue().encode("windows-1252")
