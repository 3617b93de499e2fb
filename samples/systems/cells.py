"""The cells of the exports of sample systems, with damage in its places."""

from collections.abc import Callable, Mapping

from kirjaamo.samples.defects import Change
from kirjaamo.samples.people import Row
from kirjaamo.sources.profile import Column, Profile, TableMap

Cells = dict[str, object]
"""Header to what stands in the cell."""

Write = Callable[[object, Column], object]


def table_map(profile: Profile, table: str) -> TableMap:
    """Return how a profile fills *table*."""
    return next(part.tables[table] for part in profile.parts if table in part.tables)


def written(rows: list[Row], mapped: TableMap, write: Write) -> list[Cells]:
    """Return the cells of rows by header."""
    columns = [(field, mapped.column(field)) for field in mapped.fields]
    return [
        {column.column: write(row[field], column) for field, column in columns} for row in rows
    ]


def changed(
    changes: tuple[Change, ...], profile: Profile, write: Write
) -> dict[tuple[str, int], Cells]:
    """Return the damaged cells of every damaged row by header.

    Fields that the system does not show are left out; a field of the format itself keeps its
    name, which begins with an underscore.
    """
    found: dict[tuple[str, int], Cells] = {}
    for change in changes:
        for (table, number, field), value in change.cells.items():
            mapped = table_map(profile, table)
            if field in mapped.fields or field.startswith("_"):
                column = (
                    mapped.column(field) if field in mapped.fields else Column(column=field)
                )
                found.setdefault((table, number), {})[column.column] = write(value, column)
    return found


def with_changes(
    table: str, cells: list[Cells], damage: Mapping[tuple[str, int], Cells]
) -> list[Cells]:
    """Return the cells of a table with the damaged ones in their places."""
    return [
        row | damage[table, number] if (table, number) in damage else row
        for number, row in enumerate(cells)
    ]
