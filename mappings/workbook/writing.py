"""Writing a mapping workbook with xlsxwriter: the same content gives the same bytes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kirjaamo.mappings.choices import BETWEEN, WAITING, Choice, nothing
from kirjaamo.mappings.crosswalk import CONFIDENCES, STATUSES
from kirjaamo.mappings.workbook.shape import (
    COLUMNS,
    FORM,
    HIDDEN,
    INSTRUCTIONS,
    TARGETS,
    TITLE,
)
from kirjaamo.mappings.workbook.sheets import Line, Sheet, titles
from kirjaamo.messages import LANGUAGES, gettext

_CREATED: Final = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
_GREY: Final = "#EDEDED"
_SPARE: Final = 500  # rows below the last that still have drop-downs
_WIDE: Final = 90  # width of the instructions
_LINE: Final = 15  # points of a line of text
_MOST_LINES: Final = 6  # a row is no higher, however long its longest text
_A3: Final = 8  # Excel's number of the paper

Page = Any
"""A worksheet of xlsxwriter, which has no type information."""


def write(stream: IO[bytes], made: Sequence[Sheet], owned: Mapping[str, str]) -> None:
    """Write the workbook of *made* sheets to *stream*, in the language in use.

    *owned* is the edition of the workspace's own file of each crosswalk that has one, so that
    an import can see whether it has changed meanwhile.
    """
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _CREATED, "title": "kirjaamo map workbook"})
        styles = _styles(book)
        _instructions(book.add_worksheet(gettext(TITLE)[:31]), styles)
        names = titles(made)
        for number, sheet in enumerate(made):
            page = book.add_worksheet(names[sheet.crosswalk.name])
            _sheet(page, sheet, styles, xl_col_to_name(number))
        _targets(book.add_worksheet(TARGETS), made)
        _hidden(book.add_worksheet(HIDDEN), made, names, owned)


def _styles(book: Any) -> dict[str, Any]:  # noqa: ANN401 - a workbook of xlsxwriter
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


def _instructions(page: Page, styles: Mapping[str, Any]) -> None:
    """Write the instructions in every language, one below the other."""
    page.set_column(0, 0, _WIDE)
    page.fit_to_pages(1, 0)
    row = 0
    for language in LANGUAGES:
        for number, paragraph in enumerate(INSTRUCTIONS):
            style = styles["wrap"] if number else styles["title"]
            text = gettext(paragraph, language)
            page.set_row(row, _height([(text, _WIDE)]) + (0 if number else _LINE / 2))
            page.write_string(row, 0, text, style)
            row += 1
        row += 1


def _sheet(page: Page, sheet: Sheet, styles: Mapping[str, Any], listed: str) -> None:
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)  # one page wide, as many high as it takes
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.autofilter(0, 0, max(1, len(sheet.lines)), len(COLUMNS) - 1)
    for number, (name, column) in enumerate(COLUMNS.items()):
        page.set_column(number, number, column.width, _style(name, styles))
        page.write_string(0, number, gettext(column.heading), styles["head"])
    names = _names(sheet.offered)
    for row, line in enumerate(sheet.lines, start=1):
        shown = _shown(line, names)
        texts = [(str(shown.get(name) or ""), one.width) for name, one in COLUMNS.items()]
        page.set_row(row, _height(texts))
        for number, name in enumerate(COLUMNS):
            _cell(page, row, number, shown.get(name), _style(name, styles))
    _drop_downs(page, len(sheet.lines) + _SPARE, listed, len(sheet.offered) + 1)


def _height(texts: Iterable[tuple[str, int]]) -> int:
    """Return the height of a row in points; not every program fits rows to their texts.

    >>> _height([("four letters", 6)])
    30
    """
    lines = max(-(-len(text) // width) for text, width in texts)
    return _LINE * min(max(lines, 1), _MOST_LINES)


def _style(name: str, styles: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a format of xlsxwriter
    if name in ("valid_from", "valid_to"):
        return styles["day"]
    if name in ("rows", "decisions"):
        return styles["count"]
    return styles["open"] if COLUMNS[name].open else styles["told"]


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


def _names(offered: Sequence[Choice]) -> dict[str | None, str]:
    return {choice.code: choice.label for choice in offered}


def _shown(line: Line, names: Mapping[str | None, str]) -> Line:
    """Return a line with its new value and words as a person reads them."""
    if not line.get("status"):
        return line
    new, name = line["new"], str(line["new_name"])
    without = BETWEEN.join([WAITING, name]) if name else nothing()
    shown = names.get(str(new), str(new)) if new is not None else without
    words = {key: gettext(str(line[key])) for key in ("status", "confidence")}
    return {**line, **words, "new": shown}


def _drop_downs(page: Page, last: int, listed: str, many: int) -> None:
    """Give the columns of new value, status and confidence their drop-downs."""
    lists = {
        "new": f"={TARGETS}!${listed}$1:${listed}${many}",
        "status": [gettext(word) for word in STATUSES],
        "confidence": [gettext(word) for word in CONFIDENCES],
    }
    for name, source in lists.items():
        number = list(COLUMNS).index(name)
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        page.data_validation(1, number, last, number, rule)


def _targets(page: Page, made: Sequence[Sheet]) -> None:
    for number, sheet in enumerate(made):
        labels = [choice.label for choice in sheet.offered]
        for row, label in enumerate([*labels, nothing()]):
            page.write_string(row, number, label)
    page.hide()


def _hidden(
    page: Page, made: Sequence[Sheet], names: Mapping[str, str], owned: Mapping[str, str]
) -> None:
    """Write what the workbook was made from: its sheets, then every old value with its unit."""
    rows: list[tuple[str, ...]] = [FORM]
    for sheet in made:
        one = sheet.crosswalk
        edition = owned.get(one.name, "")
        rows.append(("sheet", names[one.name], one.name, one.source, one.target, edition))
    for sheet in made:
        keys = dict.fromkeys((str(x["old"]), str(x.get("unit") or "")) for x in sheet.lines)
        rows += [("value", names[sheet.crosswalk.name], old, unit) for old, unit in keys]
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            page.write_string(number, column, text)
    page.very_hidden()
