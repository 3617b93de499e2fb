"""System C: a relational database (SQLite) with ISO days, keys and references."""

import sqlite3

from kirjaamo.samples.region import System
from kirjaamo.samples.systems import Export, Found
from kirjaamo.samples.systems.cells import Cells, changed, with_changes, written
from kirjaamo.sources.profile import Part
from kirjaamo.sources.writing import as_text

FILE = "c_rekisteri.sqlite"

REFERENCES = {
    "client_no": "client (client_no)",
    "relationship_no": "relationship (relationship_no)",
    "matter_no": "matter (matter_no)",
    "document_no": "document (document_no)",
    "replaces_no": "document (document_no)",
    "worker_no": "worker (worker_no)",
    "unit_no": "unit (unit_no)",
}
"""Columns that refer to another table; the old system declared them and did not enforce them."""

WHOLE_NUMBERS = frozenset(
    {"version", "is_closed", "is_protected", "has_card", "has_reader", "can_sign"}
)


def write(system: System) -> Export:
    """Return the database of system C; records are numbered in the order of the primary key."""
    form = as_text(system.profile.forms)
    damage = changed(system.changes, system.profile, form)
    found: Found = {}
    with sqlite3.connect(":memory:") as base:
        for part in system.profile.parts:
            ((table, mapped),) = part.tables.items()
            cells = with_changes(table, written(system.rows[table], mapped, form), damage)
            _table(base, part, cells, [mapped.column(f).column for f in mapped.fields])
            source = f"{FILE}[{part.sheet}]"
            found |= {(table, n): [(source, n + 1)] for n in range(len(cells))}
        base.commit()
        content = base.serialize()
    base.close()
    return Export({FILE: content}, found)


def _table(base: sqlite3.Connection, part: Part, rows: list[Cells], columns: list[str]) -> None:
    """Create one table and fill it; names come from the profile, never from a record."""
    lines = ["id INTEGER PRIMARY KEY", *(_column(part.sheet, name) for name in columns)]
    base.execute(f"CREATE TABLE {part.sheet} ({', '.join(lines)})")
    marks = ", ".join("?" * (len(columns) + 1))
    base.executemany(
        f"INSERT INTO {part.sheet} VALUES ({marks})",  # noqa: S608 - names of the profile only
        (
            [number, *(_stored(row[c], c) for c in columns)]
            for number, row in enumerate(rows, 1)
        ),
    )


def _column(table: str, name: str) -> str:
    kind = "INTEGER" if name in WHOLE_NUMBERS else "TEXT"
    target = REFERENCES.get(name, "")
    own = target.startswith(f"{table} ") and name == f"{table}_no"
    return f"{name} {kind} REFERENCES {target}" if target and not own else f"{name} {kind}"


def _stored(value: object, column: str) -> str | int | None:
    written_as = str(value)
    if not written_as:
        return None
    return int(written_as) if column in WHOLE_NUMBERS and written_as.isdecimal() else written_as
