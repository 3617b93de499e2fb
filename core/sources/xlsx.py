"""Workbooks (xlsx, xlsm, xlsb, xls, ods): a sheet as the rows a person sees.

A sheet is one piece, because its reader unpacks it whole.  Whole numbers come as ``5``, dates
as ISO text.  Two things the fast reader cannot tell: a number 5 that its cell shows as ``005``
comes as ``5``, and an error value (``#N/A``) as an empty cell.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from kirjaamo.sources import Piece, Unit, cells, headers, packed
from kirjaamo.sources.errors import (
    ChooseSheetError,
    CorruptFileError,
    HeaderError,
    MissingSheetError,
    PasswordError,
)
from kirjaamo.sources.profile import Part

_KIND = "xlsx, xls, ods"


def units(location: str, part: Part, size: int) -> Iterator[Unit]:
    """Yield the sheet of the part as one piece; its rows are counted from row 1 of the sheet."""
    del size
    path = packed.checked(location)
    sheet = _sheet(path, part)
    source = f"{path.name}[{sheet.name}]"
    top = list(islice(_rows(sheet, path), part.skip_rows, part.skip_rows + part.header_rows))
    if len(top) < part.header_rows:
        raise HeaderError(source=source)
    header = headers.checked(headers.joined(_unmerged(sheet, top, part)), part, source)
    yield Unit(source, location, 0, 0, _height(sheet), header)


def read(unit: Unit, part: Part) -> Piece:
    """Return the rows of the sheet below its header; empty rows are counted, not returned."""
    path = Path(unit.location)
    above, width = part.skip_rows + part.header_rows, len(unit.header)
    rows, places, ragged, count = [], [], [], 0
    for count, row in enumerate(_rows(_sheet(path, part), path), start=1):
        if count > above and any(row):
            rows.append((row + [None] * width)[:width])
            places.append(count - 1)
            ragged.append(any(row[width:]))
    frame = cells.frame(unit.header, rows, places, ragged)
    return Piece(frame, max(count, above), cells.sha256(frame))


def sheets(location: str) -> tuple[str, ...]:
    """Return the names of the sheets that are not hidden, in order."""
    with_book = _book(packed.checked(location))
    visible = calamine.SheetVisibleEnum.Visible
    return tuple(sheet.name for sheet in with_book.sheets_metadata if sheet.visible == visible)


def rows(location: str, sheet: str) -> list[list[str | None]]:
    """Return every row of the sheet called *sheet*, as text.

    Raises:
        MissingSheetError: There is none.
        SourceError: It is no workbook that may be opened.
    """
    path = packed.checked(location)
    book = _book(path)
    known = tuple(book.sheet_names)
    if sheet not in known:
        raise MissingSheetError(source=path.name, sheet=sheet, known=known)
    return list(_rows(book.get_sheet_by_name(sheet), path))


def _book(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise PasswordError(source=path.name) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise CorruptFileError(source=path.name, kind=_KIND) from None
    except BaseException as error:  # noqa: BLE001 - a panic is no Exception; others go on
        raise _not_a_panic(error, path) from None


def _not_a_panic(error: BaseException, path: Path) -> BaseException:
    """Return the error of a damaged workbook for a panic of the reader, else the error itself.

    A panic is no `Exception`, and its class cannot be imported.
    """
    if type(error).__name__ == "PanicException":
        return CorruptFileError(source=path.name, kind=_KIND)
    return error


def _sheet(path: Path, part: Part) -> calamine.CalamineSheet:
    """Return the sheet that the profile names, or the only one with content."""
    book = _book(path)
    known = tuple(book.sheet_names)
    if part.sheet and part.sheet not in known:
        raise MissingSheetError(source=path.name, sheet=part.sheet, known=known)
    try:
        if part.sheet:
            return book.get_sheet_by_name(part.sheet)
        filled = [s for s in map(book.get_sheet_by_name, _visible(book)) if s.height]
    except calamine.CalamineError:
        raise CorruptFileError(source=path.name, kind=_KIND) from None
    except BaseException as error:  # noqa: BLE001 - a panic is no Exception; others go on
        raise _not_a_panic(error, path) from None
    if len(filled) > 1:
        raise ChooseSheetError(source=path.name, known=tuple(s.name for s in filled))
    if not filled:
        raise HeaderError(source=path.name)
    return filled[0]


def _visible(book: calamine.CalamineWorkbook) -> list[str]:
    work, shown = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
    return [s.name for s in book.sheets_metadata if s.typ == work and s.visible == shown]


def _rows(sheet: calamine.CalamineSheet, path: Path) -> Iterator[list[str | None]]:
    """Yield the rows of a sheet from row 1 on, from its first used column on, as text."""
    try:
        for row in sheet.iter_rows():
            yield [cells.text(value) or None for value in row]
    except calamine.CalamineError:
        raise CorruptFileError(source=path.name, kind=_KIND) from None


def _height(sheet: calamine.CalamineSheet) -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def _unmerged(
    sheet: calamine.CalamineSheet, rows: list[list[str | None]], part: Part
) -> list[list[str]]:
    """Return header rows with the text of a merged cell over every column it spans."""
    filled = [[text or "" for text in row] for row in rows]
    first_column = sheet.start[1] if sheet.start else 0
    for (top, left), (_, right) in sheet.merged_cell_ranges or ():
        row, column = top - part.skip_rows, left - first_column
        if 0 <= row < len(filled) and 0 <= column < len(filled[row]):
            last = min(right - first_column, len(filled[row]) - 1)
            filled[row][column : last + 1] = [filled[row][column]] * (last - column + 1)
    return filled
