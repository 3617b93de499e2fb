"""Cells of a workbook that persons fill in, read one by one, each fault named by its place.

The workbook is read whole and not row by row, because only so merged cells are seen; it is
refused beforehand when it is larger than any such workbook can be.
"""

import datetime as dt
import re
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kirjaamo.mappings.errors import UnreadableWorkbookError
from kirjaamo.messages import N_
from kirjaamo.sources import packed
from kirjaamo.sources.errors import CorruptFileError, PasswordError, TooLargeError

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest workbook when unpacked."""

AREA: Final = 2_000_000
"""Cells of the largest sheet, counted from A1 to its last cell."""

_FINNISH = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_HEAD: Final = 512  # a document type declaration stands at the start of a part

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
TOO_LARGE = N_("it is too large for such a workbook")
DECLARED = N_("it has a document type declaration, which is not allowed")

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
class Filled:
    """What persons left in a sheet.

    Attributes:
        rows: Its rows that are not empty.
        letters: Column to its letters.
        blames: Cells that cannot be read.
    """

    rows: tuple[Written, ...]
    letters: Mapping[str, str]
    blames: tuple[Blame, ...]


def opened(path: Path, kind: type[UnreadableWorkbookError] = UnreadableWorkbookError) -> Book:
    """Return a workbook with formulas as they were written.

    Raises:
        UnreadableWorkbookError: Corrupt, locked or too large; of the class *kind*.
        SourceError: The file is missing or may not be read.
    """
    import openpyxl

    try:
        packed.checked(str(path))
        _check_parts(path)
        with warnings.catch_warnings():
            # openpyxl warns of the drop-downs of a workbook that Excel has saved.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, data_only=False)
        _check_area(book, path)
    except _DeclaredError:
        reason = DECLARED
    except PasswordError:
        reason = LOCKED
    except TooLargeError:
        reason = TOO_LARGE
    except (CorruptFileError, *_BROKEN):
        reason = NOT_A_WORKBOOK
    else:
        return book
    raise kind(file=path, reason=reason)


def _check_area(book: Book, path: Path) -> None:
    if any(page.max_row * page.max_column > AREA for page in book.worksheets):
        raise TooLargeError(source=path.name, limit=AREA)


class _DeclaredError(Exception):
    """A part of a workbook declares a document type."""


def _check_parts(path: Path) -> None:
    """Refuse a workbook that is too large, or whose parts declare a document type."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise TooLargeError(source=path.name, limit=LARGEST)
        for part in archive.infolist():
            with archive.open(part) as stream:
                head = stream.read(_HEAD).replace(b"\0", b"").upper()
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head:
                raise _DeclaredError


def hidden(book: Book, name: str, form: Sequence[str]) -> list[list[str]] | None:
    """Return the rows below *form* in the hidden sheet *name*; None when *form* is not there."""
    if name not in book.sheetnames:
        return None
    facts = [[plain(cell) for cell in row] for row in book[name].iter_rows()]
    known = bool(facts) and tuple(facts[0][: len(form)]) == tuple(form)
    return facts[1:] if known else None


def filled(
    page: Page, places: Mapping[str, int], wanted: Sequence[str], days: Sequence[str] = ()
) -> Filled:
    """Return what stands in the columns *wanted* of a sheet.

    Args:
        page: The sheet; its headings are in the first row.
        places: Column to its number, as the headings tell.
        wanted: Columns to read.
        days: Those of them that hold days.
    """
    blames = [Blame(page.title, str(area), MERGED) for area in page.merged_cells.ranges]
    if any(column not in places for column in wanted):
        blames.append(Blame(page.title, "1:1", NO_COLUMN))
        places = dict.fromkeys(wanted, 1) | dict(places)
    rows = []
    for cells in page.iter_rows(min_row=2):
        if all(cell.value is None for cell in cells):
            continue
        number = cells[0].row
        given = {column: page.cell(number, places[column]) for column in wanted}
        texts = {c: _text(page, given[c], blames) for c in given if c not in days}
        told = {c: _day(page, given[c], blames) for c in given if c in days}
        rows.append(Written(number, texts, told))
    letters = {c: str(page.cell(1, number).column_letter) for c, number in places.items()}
    return Filled(tuple(rows), letters, tuple(blames))


def plain(cell: Any) -> str:  # noqa: ANN401 - openpyxl has several kinds of cell
    """Return what stands in a cell as text."""
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
