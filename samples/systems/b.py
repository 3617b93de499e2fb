"""System B: a workbook with a sheet per table.

Days since 2014 are Excel dates, older ones came from an earlier system as text.  The header
of the sheet of decisions has two rows, the upper one merged over groups of columns.
"""

import datetime as dt
import io
from itertools import groupby

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kirjaamo.samples.region import System
from kirjaamo.samples.systems import Export, Found
from kirjaamo.samples.systems.cells import Cells, Write, changed, with_changes, written
from kirjaamo.sources.profile import Column, Part, Profile
from kirjaamo.sources.writing import as_text

FILE = "b_vienti.xlsx"
CREATED = dt.datetime(2026, 1, 2, 8, 0)  # noqa: DTZ001 - a workbook has no time zone
FIRST_SERIAL = dt.date(2014, 1, 1)
"""From this day on, days are Excel dates."""


def write(system: System) -> Export:
    """Return the workbook of system B."""
    stream = io.BytesIO()
    found: Found = {}
    form = _form(system.profile)
    damage = changed(system.changes, system.profile, form)
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED, "title": "Vienti"})
        day = book.add_format({"num_format": "d.m.yyyy"})
        moment = book.add_format({"num_format": "d.m.yyyy h:mm"})
        group = book.add_format({"bold": True, "align": "center"})
        for part in system.profile.parts:
            ((table, mapped),) = part.tables.items()
            cells = with_changes(table, written(system.rows[table], mapped, form), damage)
            headers = [mapped.column(field).column for field in mapped.fields]
            sheet = book.add_worksheet(part.sheet)
            first = _header(sheet, part, headers, group)
            _body(sheet, cells, headers, first, (day, moment))
            source = f"{FILE}[{part.sheet}]"
            found |= {(table, n): [(source, first + n + 1)] for n in range(len(cells))}
    return Export({FILE: stream.getvalue()}, found)


def _form(profile: Profile) -> Write:
    """Return a function that keeps days as days where the workbook has Excel dates."""
    plain = as_text(profile.forms)

    def form(value: object, column: Column) -> object:
        match value:
            case dt.datetime():
                return value if value.date() >= FIRST_SERIAL else plain(value, column)
            case dt.date():
                return value if value >= FIRST_SERIAL else plain(value, column)
            case int() if not isinstance(value, bool):
                return value
        return plain(value, column)

    return form


def _header(sheet: Worksheet, part: Part, headers: list[str], group: object) -> int:
    """Write the header rows, and return how many there are."""
    if part.header_rows == 1:
        sheet.write_row(0, 0, headers)
        return 1
    names = [header.partition(" ") for header in headers]
    place = 0
    for upper, columns in groupby(name[0] for name in names):
        width = len(list(columns))
        if width > 1:
            sheet.merge_range(0, place, 0, place + width - 1, upper, group)
        else:
            sheet.write_string(0, place, upper, group)
        place += width
    sheet.write_row(1, 0, [name[2] for name in names])
    return 2


def _body(
    sheet: Worksheet,
    rows: list[Cells],
    headers: list[str],
    first: int,
    forms: tuple[object, object],
) -> None:
    day, moment = forms
    for number, cells in enumerate(rows, start=first):
        for place, header in enumerate(headers):
            match cells[header]:
                case "":
                    continue
                case str() as value:
                    sheet.write_string(number, place, value)
                case dt.datetime() as value:
                    sheet.write_datetime(number, place, value, moment)
                case dt.date() as value:
                    sheet.write_datetime(number, place, value, day)
                case int() as value:
                    sheet.write_number(number, place, value)
