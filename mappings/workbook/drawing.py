"""Sheets that persons fill in, drawn with xlsxwriter: grey cells inform, white ones are open.

The same content gives the same bytes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final

import xlsxwriter

from kirjaamo.mappings.workbook.shape import Column
from kirjaamo.messages import LANGUAGES, gettext

_CREATED: Final = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
_GREY: Final = "#EDEDED"
_WIDE: Final = 90  # width of the instructions
_LINE: Final = 15  # points of a line of text
_MOST_LINES: Final = 6  # a row is no higher, however long its longest text
_A3: Final = 8  # Excel's number of the paper

SPARE: Final = 500
"""Rows below the last that still have drop-downs."""

Page = Any
"""A worksheet of xlsxwriter, which has no type information."""

Line = Mapping[str, object]
"""Column to value: texts, counts and dates."""


@contextmanager
def book(stream: IO[bytes], title: str) -> Iterator[Any]:
    """Open a workbook that is written to *stream* when the block ends."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(stream, options) as made:
        made.set_properties({"created": _CREATED, "title": title})
        yield made


def styles(book: Any) -> dict[str, Any]:  # noqa: ANN401 - a workbook of xlsxwriter
    """Return the styles of cells by name."""
    return {
        "head": book.add_format({"bold": True, "bg_color": "#BDD7EE", "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "told": book.add_format(
            {"bg_color": _GREY, "num_format": "@", "text_wrap": True, "valign": "top"}
        ),
        "count": book.add_format({"bg_color": _GREY, "valign": "top"}),
        "open": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "d.m.yyyy", "valign": "top"}),
    }


def instructions(page: Page, paragraphs: Sequence[str], styles: Mapping[str, Any]) -> None:
    """Write the instructions in every language, one below the other."""
    page.set_column(0, 0, _WIDE)
    page.fit_to_pages(1, 0)
    row = 0
    for language in LANGUAGES:
        for number, paragraph in enumerate(paragraphs):
            style = styles["wrap"] if number else styles["title"]
            text = gettext(paragraph, language)
            page.set_row(row, _height([(text, _WIDE)]) + (0 if number else _LINE / 2))
            page.write_string(row, 0, text, style)
            row += 1
        row += 1


def table(
    page: Page,
    columns: Mapping[str, Column],
    lines: Sequence[Line],
    styles: Mapping[str, Any],
    fixed: int = 2,
) -> None:
    """Write a table with headings; the first *fixed* columns stay in view."""
    page.freeze_panes(1, fixed)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)  # one page wide, as many high as it takes
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.autofilter(0, 0, max(1, len(lines)), len(columns) - 1)
    for number, column in enumerate(columns.values()):
        page.set_column(number, number, column.width, _style(column, styles))
        page.write_string(0, number, gettext(column.heading), styles["head"])
    for row, line in enumerate(lines, start=1):
        texts = [(str(line.get(name) or ""), one.width) for name, one in columns.items()]
        page.set_row(row, _height(texts))
        for number, (name, column) in enumerate(columns.items()):
            _cell(page, row, number, line.get(name), _style(column, styles))


def drop_down(page: Page, column: int, last: int, source: str | Sequence[str]) -> None:
    """Give a column a drop-down of words, or of the cells of a range."""
    listed = source if isinstance(source, str) else list(source)
    rule = {"validate": "list", "source": listed, "error_type": "warning"}
    page.data_validation(1, column, last + SPARE, column, rule)


def hidden(page: Page, rows: Iterable[Sequence[str]]) -> None:
    """Write what the workbook was made from into a sheet that is not shown."""
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            page.write_string(number, column, text)
    page.very_hidden()


def _height(texts: Iterable[tuple[str, int]]) -> int:
    """Return the height of a row in points; not every program fits rows to their texts.

    >>> _height([("four letters", 6)])
    30
    """
    lines = max(-(-len(text) // width) for text, width in texts)
    return _LINE * min(max(lines, 1), _MOST_LINES)


def _style(column: Column, styles: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a format of xlsxwriter
    if column.holds != "text":
        return styles[column.holds]
    return styles["open"] if column.open else styles["told"]


def _cell(page: Page, row: int, column: int, value: object, style: object) -> None:
    match value:
        case None | "":
            page.write_blank(row, column, None, style)
        case dt.date():
            page.write_datetime(row, column, value, style)
        case int():
            page.write_number(row, column, value, style)
        case _:
            page.write_string(row, column, str(value), style)
