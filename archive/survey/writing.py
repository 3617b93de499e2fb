"""Writing the survey workbook: the same content gives the same bytes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from xlsxwriter.utility import xl_col_to_name

from kirjaamo.archive.survey.sheet import (
    CHOICES,
    COLUMNS,
    COMPLETENESS,
    FORM,
    HIDDEN,
    INSTRUCTIONS,
    INSTRUCTIONS_TITLE,
    TITLE,
    Sheet,
    complete_columns,
)
from kirjaamo.mappings.workbook import drawing
from kirjaamo.mappings.workbook.drawing import Page
from kirjaamo.messages import gettext

_FIXED = 5  # columns that stay in view: up to the local name


def write(stream: IO[bytes], made: Sheet) -> None:
    """Write a survey workbook to *stream*, in the language in use."""
    with drawing.book(stream, "kirjaamo survey workbook") as book:
        styles = drawing.styles(book)
        title = gettext(INSTRUCTIONS_TITLE)[:31]
        drawing.instructions(book.add_worksheet(title), INSTRUCTIONS, styles)
        page = book.add_worksheet(gettext(TITLE)[:31])
        drawing.table(page, COLUMNS, made.lines, styles, _FIXED)
        for number, (name, listed) in enumerate(made.offered.items()):
            letter = xl_col_to_name(number)
            source = f"={CHOICES}!${letter}$1:${letter}${max(len(listed), 1)}"
            drawing.drop_down(page, list(COLUMNS).index(name), len(made.lines), source)
        beside = book.add_worksheet(gettext(COMPLETENESS)[:31])
        drawing.table(beside, complete_columns(), made.complete, styles)
        _choices(book.add_worksheet(CHOICES), made.offered)
        drawing.hidden(book.add_worksheet(HIDDEN), _made_from(made))


def _choices(page: Page, offered: Mapping[str, Sequence[str]]) -> None:
    for number, listed in enumerate(offered.values()):
        for row, label in enumerate(listed):
            page.write_string(row, number, label)
    page.hide()


def _made_from(made: Sheet) -> Iterator[tuple[str, ...]]:
    """Yield what the workbook was made from: its sheet, then every kind."""
    yield FORM
    yield ("sheet", gettext(TITLE)[:31], made.edition)
    for ref, key in made.keys.items():
        yield ("kind", ref, *key)
