"""Writing a mapping workbook: the same content gives the same bytes."""

from collections.abc import Mapping, Sequence
from typing import IO

from xlsxwriter.utility import xl_col_to_name

from kirjaamo.mappings.choices import BETWEEN, WAITING, Choice, nothing
from kirjaamo.mappings.crosswalk import CONFIDENCES, STATUSES
from kirjaamo.mappings.workbook import drawing
from kirjaamo.mappings.workbook.drawing import Page
from kirjaamo.mappings.workbook.shape import (
    COLUMNS,
    FORM,
    HIDDEN,
    INSTRUCTIONS,
    TARGETS,
    TITLE,
)
from kirjaamo.mappings.workbook.sheets import Line, Sheet, titles
from kirjaamo.messages import gettext


def write(stream: IO[bytes], made: Sequence[Sheet], owned: Mapping[str, str]) -> None:
    """Write the workbook of *made* sheets to *stream*, in the language in use.

    *owned* is the edition of the workspace's own file of each crosswalk that has one, so that
    an import can see whether it has changed meanwhile.
    """
    with drawing.book(stream, "kirjaamo map workbook") as book:
        styles = drawing.styles(book)
        drawing.instructions(book.add_worksheet(gettext(TITLE)[:31]), INSTRUCTIONS, styles)
        names = titles(made)
        for number, sheet in enumerate(made):
            page = book.add_worksheet(names[sheet.crosswalk.name])
            offered = _names(sheet.offered)
            shown = [_shown(line, offered) for line in sheet.lines]
            drawing.table(page, COLUMNS, shown, styles)
            _drop_downs(page, sheet, xl_col_to_name(number))
        _targets(book.add_worksheet(TARGETS), made)
        drawing.hidden(book.add_worksheet(HIDDEN), _made_from(made, names, owned))


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


def _drop_downs(page: Page, sheet: Sheet, listed: str) -> None:
    """Give the columns of new value, status and confidence their drop-downs."""
    lists = {
        "new": f"={TARGETS}!${listed}$1:${listed}${len(sheet.offered) + 1}",
        "status": [gettext(word) for word in STATUSES],
        "confidence": [gettext(word) for word in CONFIDENCES],
    }
    for name, source in lists.items():
        drawing.drop_down(page, list(COLUMNS).index(name), len(sheet.lines), source)


def _targets(page: Page, made: Sequence[Sheet]) -> None:
    for number, sheet in enumerate(made):
        labels = [choice.label for choice in sheet.offered]
        for row, label in enumerate([*labels, nothing()]):
            page.write_string(row, number, label)
    page.hide()


def _made_from(
    made: Sequence[Sheet], names: Mapping[str, str], owned: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """Return what the workbook was made from: its sheets, then every old value with its unit."""
    rows: list[tuple[str, ...]] = [FORM]
    for sheet in made:
        one = sheet.crosswalk
        edition = owned.get(one.name, "")
        rows.append(("sheet", names[one.name], one.name, one.source, one.target, edition))
    for sheet in made:
        keys = dict.fromkeys((str(x["old"]), str(x.get("unit") or "")) for x in sheet.lines)
        rows += [("value", names[sheet.crosswalk.name], old, unit) for old, unit in keys]
    return rows
