"""A profile read backwards: canonical values as a system writes them."""

import datetime as dt
from collections.abc import Callable, Mapping

from kirjaamo.samples.defects import Change
from kirjaamo.samples.people import Row
from kirjaamo.sources.profile import Column, Forms, Profile, TableMap

Cells = dict[str, object]
"""Header to what stands in the cell."""

Write = Callable[[object, Column], object]


def text(forms: Forms) -> Write:
    """Return a function that writes any value as text in the system's forms."""

    def write(value: object, column: Column) -> str:  # noqa: PLR0911 - one return per type
        match value:
            case None:
                return ""
            case str():
                return local(value, column)
            case bool():
                return forms.true[0] if value else forms.false[0]
            case dt.datetime():
                return value.strftime(forms.datetime[0])
            case dt.date():
                return value.strftime(forms.date[0])
            case list():
                return (column.separator or forms.separator).join(value)
        return str(value)

    return write


def local(value: str, column: Column) -> str:
    """Return the local code of a national one; other values stay.

    >>> local("1", Column(column="RATKAISU", values={"M": "1", "H": "2"}))
    'M'
    """
    for code, national in column.values.items():
        if national == value:
            return code
    return value


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
