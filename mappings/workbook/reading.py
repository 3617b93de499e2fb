"""Reading a mapping workbook back, cell by cell, with every place that cannot be used.

The workbook is read whole and not row by row, because only so merged cells are seen; it is
refused beforehand when it is larger than any mapping workbook can be.
"""

import datetime as dt
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kirjaamo.mappings.errors import UnreadableWorkbookError
from kirjaamo.mappings.workbook.shape import COLUMNS, FORM, HIDDEN, OPEN, columns_of
from kirjaamo.messages import N_
from kirjaamo.sources import packed
from kirjaamo.sources.errors import CorruptFileError, PasswordError, TooLargeError

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest mapping workbook when unpacked."""

AREA: Final = 2_000_000
"""Cells of the largest sheet, counted from A1 to its last cell."""

_FINNISH = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_HEAD: Final = 512  # a document type declaration stands at the start of a part
_DAYS: Final = ("valid_from", "valid_to")

Book = Any
Page = Any
"""A workbook and a worksheet of openpyxl."""

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, AttributeError, EOFError, LookupError, NotImplementedError,
    OSError, OverflowError, RuntimeError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
"""What openpyxl and the unpacker let through when parts are missing or broken."""

NOT_A_WORKBOOK = N_("it is not a whole Excel workbook (.xlsx)")
LOCKED = N_("it is protected by a password; save it without one")
TOO_LARGE = N_("it is too large for a mapping workbook")
DECLARED = N_("it has a document type declaration, which is not allowed")
OTHER = N_("it was not made by “kirjaamo map workbook”")

MERGED = N_("the cells are merged; unmerge them")
FORMULA = N_("the cell holds a formula; write its value instead")
NOT_TEXT = N_("the cell holds neither text nor a whole number")
NOT_A_DAY = N_("the cell holds no day; write it as 1.4.2015 or 2015-04-01")
NO_COLUMN = N_("a column of the workbook is missing, or its heading was changed")
NO_SHEET = N_("the sheet is missing, or its name was changed")


@dataclass(frozen=True, slots=True)
class Blame:
    """Something wrong in a workbook: sheet, cell (or range) and reason."""

    sheet: str
    cell: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """One row that a person left in a sheet.

    Attributes:
        number: Row in the sheet.
        texts: Column to what stands in it, empty where nothing does.
        days: The days of the row.
    """

    number: int
    texts: Mapping[str, str]
    days: Mapping[str, dt.date | None]


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
    book = _opened(path)
    if any(page.max_row * page.max_column > AREA for page in book.worksheets):
        raise UnreadableWorkbookError(file=path, reason=TOO_LARGE)
    if HIDDEN not in book.sheetnames:
        raise UnreadableWorkbookError(file=path, reason=OTHER)
    facts = [[_plain(cell) for cell in row] for row in book[HIDDEN].iter_rows()]
    if not facts or tuple(facts[0][:2]) != FORM:
        raise UnreadableWorkbookError(file=path, reason=OTHER)
    try:
        made = [row[1:6] for row in facts if row[0] == "sheet"]
        values = [row[1:4] for row in facts if row[0] == "value"]
        return [_sheet(book, (t, n, s, g, e), values) for t, n, s, g, e in made]
    except (TypeError, ValueError):  # the hidden sheet was edited
        raise UnreadableWorkbookError(file=path, reason=OTHER) from None


def _opened(path: Path) -> Book:
    import openpyxl

    try:
        packed.checked(str(path))
        _check_parts(path)
        with warnings.catch_warnings():
            # openpyxl warns of the drop-downs of a workbook that Excel has saved.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, data_only=False)
    except PasswordError:
        reason = LOCKED
    except TooLargeError:
        reason = TOO_LARGE
    except (CorruptFileError, *_BROKEN):
        reason = NOT_A_WORKBOOK
    raise UnreadableWorkbookError(file=path, reason=reason)


def _check_parts(path: Path) -> None:
    """Refuse a workbook that is too large, or whose parts declare a document type."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise TooLargeError(source=path.name, limit=LARGEST)
        for part in archive.infolist():
            with archive.open(part) as stream:
                head = stream.read(_HEAD).replace(b"\0", b"").upper()
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head:
                raise UnreadableWorkbookError(file=path, reason=DECLARED)


def _sheet(book: Book, made: tuple[str, ...], values: list[list[str]]) -> ReadSheet:
    """Return a sheet that was *made* with title, name, source, target and edition."""
    title, name, source, target, edition = made
    expected = tuple((old, unit) for where, old, unit in values if where == title)
    if title not in book.sheetnames:
        blame = Blame(title, "", NO_SHEET)
        return ReadSheet(title, name, source, target, edition, expected, (), {}, (blame,))
    page = book[title]
    places = columns_of({cell.column: _plain(cell) for cell in page[1]})
    blames = [Blame(title, str(area), MERGED) for area in page.merged_cells.ranges]
    if missing := [c for c in ("old", *OPEN) if c not in places]:
        blames += [Blame(title, "1:1", NO_COLUMN) for _ in missing[:1]]
        places = dict.fromkeys(COLUMNS, 1) | places
    rows = tuple(_rows(page, places, blames))
    letters = {column: _letters(page, number) for column, number in places.items()}
    return ReadSheet(
        title, name, source, target, edition, expected, rows, letters, tuple(blames)
    )


def _letters(page: Page, number: int) -> str:
    return str(page.cell(1, number).column_letter)


def _rows(page: Page, places: Mapping[str, int], blames: list[Blame]) -> Iterator[Written]:
    """Yield the rows that are not empty; cells that cannot be read are added to *blames*."""
    for cells in page.iter_rows(min_row=2):
        if all(cell.value is None for cell in cells):
            continue
        number = cells[0].row
        given = {c: page.cell(number, places[c]) for c in ("old", *OPEN)}
        texts = {c: _text(page, given[c], blames) for c in given if c not in _DAYS}
        days = {c: _day(page, given[c], blames) for c in _DAYS}
        yield Written(number, texts, days)


def _plain(cell: Any) -> str:  # noqa: ANN401 - openpyxl has several kinds of cell
    return "" if cell.value is None else str(cell.value)


def _text(page: Page, cell: Any, blames: list[Blame]) -> str:  # noqa: ANN401 - see above
    """Return what a cell says; a whole number is a code that lost its apostrophe."""
    match cell.value:
        case None:
            return ""
        case _ if cell.data_type == "f":
            blames.append(Blame(page.title, cell.coordinate, FORMULA))
        case str() if cell.data_type != "e":
            return cell.value.strip()
        case bool():
            blames.append(Blame(page.title, cell.coordinate, NOT_TEXT))
        case int():
            return str(cell.value)
        case float() if cell.value.is_integer():
            return str(int(cell.value))
        case _:
            blames.append(Blame(page.title, cell.coordinate, NOT_TEXT))
    return ""


def _day(page: Page, cell: Any, blames: list[Blame]) -> dt.date | None:  # noqa: ANN401 - see above
    match cell.value:
        case dt.datetime():
            return cell.value.date()
        case dt.date():
            return cell.value
        case str() if cell.data_type == "s":
            day = written_day(cell.value.strip())
            if day or not cell.value.strip():
                return day
        case None:
            return None
    reason = FORMULA if cell.data_type == "f" else NOT_A_DAY
    blames.append(Blame(page.title, cell.coordinate, reason))
    return None


def written_day(text: str) -> dt.date | None:
    """Return a day written as 1.4.2015 or 2015-04-01, or None.

    >>> written_day("1.4.2015"), written_day("soon")
    (datetime.date(2015, 4, 1), None)
    """
    finnish = _FINNISH.fullmatch(text)
    try:
        if finnish:
            day, month, year = map(int, finnish.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
