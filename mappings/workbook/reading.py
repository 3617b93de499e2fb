"""Reading a mapping workbook back, with every place that cannot be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kirjaamo.mappings.errors import UnreadableWorkbookError
from kirjaamo.mappings.workbook import cells
from kirjaamo.mappings.workbook.cells import NO_SHEET, Blame, Book, Written
from kirjaamo.mappings.workbook.shape import COLUMNS, FORM, HIDDEN, OPEN, columns_of
from kirjaamo.messages import N_

_DAYS: Final = ("valid_from", "valid_to")

OTHER = N_("it was not made by “kirjaamo map workbook”")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as it was made and as it is now.

    Attributes:
        title: Name of the sheet.
        name: Name of the crosswalk.
        source: Its old list.
        target: Its new list.
        edition: Edition of the workspace's own file when the workbook was made.
        expected: Old values and units that the sheet was made with.
        rows: What stands in it now.
        letters: Column to its letters.
        blames: Cells that cannot be read.
    """

    title: str
    name: str
    source: str
    target: str
    edition: str
    expected: tuple[tuple[str, str], ...]
    rows: tuple[Written, ...]
    letters: Mapping[str, str]
    blames: tuple[Blame, ...]


def read(path: Path) -> list[ReadSheet]:
    """Return the sheets of a mapping workbook.

    Raises:
        UnreadableWorkbookError: Corrupt, locked, too large, or no mapping workbook.
        SourceError: The file is missing or may not be read.
    """
    book = cells.opened(path)
    facts = cells.hidden(book, HIDDEN, FORM)
    if facts is None:
        raise UnreadableWorkbookError(file=path, reason=OTHER)
    try:
        made = [row[1:6] for row in facts if row[0] == "sheet"]
        values = [row[1:4] for row in facts if row[0] == "value"]
        return [_sheet(book, (t, n, s, g, e), values) for t, n, s, g, e in made]
    except (TypeError, ValueError):  # the hidden sheet was edited
        raise UnreadableWorkbookError(file=path, reason=OTHER) from None


def _sheet(book: Book, made: tuple[str, ...], values: list[list[str]]) -> ReadSheet:
    """Return a sheet that was *made* with title, name, source, target and edition."""
    title, name, source, target, edition = made
    expected = tuple((old, unit) for where, old, unit in values if where == title)
    if title not in book.sheetnames:
        blame = Blame(title, "", NO_SHEET)
        return ReadSheet(title, name, source, target, edition, expected, (), {}, (blame,))
    page = book[title]
    places = columns_of({cell.column: cells.plain(cell) for cell in page[1]}, COLUMNS)
    found = cells.filled(page, places, ("old", *OPEN), _DAYS)
    return ReadSheet(
        title, name, source, target, edition, expected, found.rows, found.letters, found.blames
    )
