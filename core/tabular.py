"""Tables that people open in Excel: CSV as a Finnish Excel wants it, and plain workbooks.

CSV has semicolons, UTF-8 with a byte order mark and CRLF, so that a double click opens it with
its letters whole.  A text that a spreadsheet would take for a formula gets an apostrophe in
front in CSV, and stays a text in a workbook.  Workbooks are written row by row, in constant
memory, and the same rows give the same bytes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO

import polars as pl
import xlsxwriter

from kirjaamo.messages import gettext

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""A fixed date, so that the same version writes the same bytes."""

Cell = str | int | float | Decimal | bool | dt.date | dt.datetime | None

# Spreadsheets run a text that starts so; tab and line break may hide in front of it.
_FORMULA = r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]"  # noqa: RUF001 - full-width signs count too

_LONGEST = 32_767
"""Characters a cell of Excel can hold."""


def write_csv(stream: BinaryIO, table: pl.DataFrame) -> None:
    """Write a table as CSV that Excel opens with a double click."""
    write_csv_header(stream, table.columns)
    write_csv_rows(stream, table)


def write_csv_header(stream: BinaryIO, columns: Sequence[str]) -> None:
    """Write the byte order mark and the names of the columns."""
    stream.write(b"\xef\xbb\xbf" + ";".join(columns).encode() + b"\r\n")


def write_csv_rows(stream: BinaryIO, table: pl.DataFrame) -> None:
    """Write rows below a header; formulas become harmless, control characters visible."""
    safe = table.with_columns(harmless(pl.col(pl.String)))
    safe.write_csv(stream, separator=";", include_header=False, line_terminator="\r\n")


def harmless(text: pl.Expr) -> pl.Expr:
    """Return texts that no spreadsheet runs: an apostrophe before what looks like a formula."""
    shown = text.str.replace_all(r"\p{Cc}", "\ufffd")
    return pl.when(text.str.contains(_FORMULA)).then("'" + shown).otherwise(shown).name.keep()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: facts above, a heading, rows.

    Attributes:
        name: Name of the sheet, at most 31 characters.
        columns: Headings; none for a sheet of facts only.
        rows: Rows of cells, read once.
        facts: Name and value pairs above the heading.
        widths: Width of each column in characters; 18 where none is given.
        choices: Column number to the values that its cells offer in a drop-down.
        signed: Lines to sign by hand, below the facts.
    """

    name: str
    columns: Sequence[str] = ()
    rows: Iterable[Sequence[Cell]] = ()
    facts: Mapping[str, Cell] = field(default_factory=dict)
    widths: Sequence[int] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    signed: Sequence[str] = ()


def write_workbook(stream: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write sheets as an Excel workbook.

    Args:
        stream: Where the workbook goes.
        sheets: The sheets in order; sentences in them are already in the language in use.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": CREATED, "author": "Kirjaamo"})
        forms = {
            "head": book.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
            "money": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        }
        for sheet in sheets:
            _write_sheet(book, sheet, forms)


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet, forms: Mapping[str, object]) -> None:
    page = book.add_worksheet(sheet.name)
    for number in range(max(len(sheet.columns), 2)):
        page.set_column(number, number, (*sheet.widths, *[18] * (number + 1))[number])
    place = 0
    for name, value in sheet.facts.items():
        page.write_string(place, 0, name, forms["head"])
        _write_cell(page, place, 1, value, forms)
        place += 1
    for line in sheet.signed:
        page.write_string(place, 0, line, forms["head"])
        page.write_string(place, 1, "_" * 40)
        place += 1
    if not sheet.columns:
        return
    place += 1 if place else 0
    for number, name in enumerate(sheet.columns):
        page.write_string(place, number, name, forms["head"])
    page.freeze_panes(place + 1, 0)
    first = place + 1
    for place, row in enumerate(sheet.rows, start=first):
        for number, cell in enumerate(row):
            _write_cell(page, place, number, cell, forms)
    page.autofilter(first - 1, 0, max(place, first - 1), len(sheet.columns) - 1)
    for number, values in sheet.choices.items():
        rule = {"validate": "list", "source": list(values)}
        page.data_validation(first, number, max(place, first), number, rule)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: Cell,
    forms: Mapping[str, object],
) -> None:
    match value:
        case None:
            pass
        case bool():
            page.write_string(row, column, gettext("yes") if value else gettext("no"))
        case dt.datetime():
            page.write_datetime(row, column, value.replace(tzinfo=None), forms["instant"])
        case dt.date():
            page.write_datetime(row, column, value, forms["date"])
        case Decimal():
            page.write_number(row, column, value, forms["money"])
        case int() | float():
            page.write_number(row, column, value)
        case _:
            page.write_string(row, column, str(value)[:_LONGEST], forms["text"])
