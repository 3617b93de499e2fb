"""A copy of the person's own workbook with its findings in it.

Formats, formulas and comments of the workbook stay; pictures and diagrams do not, because
openpyxl cannot carry them over.
"""

import datetime as dt
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kirjaamo.messages import N_, gettext
from kirjaamo.reports import wording
from kirjaamo.reports.xlsx import marks, sheets
from kirjaamo.reports.xlsx.marks import Mark, Where
from kirjaamo.reports.xlsx.sheets import COLOURS, Cell, Column, Source
from kirjaamo.run import Run

_SUFFIXES = frozenset({".xlsx", ".xlsm"})
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the archive: the same findings are the same bytes."""
_FONTS: Mapping[str, Font] = {
    "title": Font(name="Calibri", bold=True, size=14),
    "header": Font(name="Calibri", bold=True),
    "link": Font(name="Calibri", color="0563C1", underline="single"),
}
_FILLS: Mapping[str, PatternFill] = {
    style: PatternFill("solid", fgColor=colour)
    for style, colour in {**COLOURS, "header": "D9D9D9"}.items()
}
_TOP = Alignment(vertical="top")


def workbook(sources: Sequence[Source]) -> Path | None:
    """Return the one workbook that all *sources* are sheets of, or None."""
    places = {source.location for source in sources}
    path = Path(places.pop()) if len(places) == 1 else Path()
    return path if path.suffix.casefold() in _SUFFIXES else None


def write(run: Run, sources: Sequence[Source], path: Path, stream: IO[bytes]) -> None:
    """Write a copy of the workbook at *path* with the findings of *run*."""
    book = load_workbook(path, keep_vba=path.suffix.casefold() == ".xlsm")
    places = _mark_all(run, sources, book)
    taken = {name.casefold() for name in book.sheetnames}
    summary = _sheet(book, 0, gettext(N_("Summary")), taken, sheets.summary_columns())
    for row, cells in enumerate(sheets.summary_rows(run), start=1):
        _put(summary, row, cells)
    _list_findings(run, places, book, taken)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is summary
    book.active = summary
    with tempfile.TemporaryFile() as saved:
        book.save(saved)
        _settle(saved, run.as_of, stream)


def _list_findings(
    run: Run, places: Mapping[str, Where], book: Workbook, taken: set[str]
) -> None:
    columns = sheets.findings_columns()
    listed = _sheet(book, 1, gettext(N_("Findings")), taken, columns)
    headings = [Cell(column.heading, "header") for column in columns]
    rows = chain([headings], sheets.findings_rows(run, places))
    for row, cells in enumerate(rows, start=1):
        _put(listed, row, cells)
    listed.freeze_panes = "A2"
    listed.print_title_rows = "1:1"
    listed.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{listed.max_row}"


def _mark_all(run: Run, sources: Sequence[Source], book: Workbook) -> dict[str, Where]:
    """Mark the sheets of *book* and return where the rows of each source stand."""
    found = marks.by_source(run)
    said = marks.sentences(run)
    places: dict[str, Where] = {}
    for name, header in _headers(sources):
        sheet = book[wording.sheet(name) or book.sheetnames[0]]
        rows: dict[int, tuple[str, int]] = {}
        where = places[name] = Where({text: n for n, text in enumerate(header)}, rows)
        for row, findings in marks.by_row(found.get(name)):
            rows[row] = (sheet.title, row)
            for column, mark in marks.marks(findings, where, said).items():
                _mark(_cell(sheet, row, column + 1), mark)
    return places


def _headers(sources: Sequence[Source]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the header of every sheet that was checked."""
    for source in sources:
        units = source.units(sheets.SIZE)
        yield from {unit.source: unit.header for unit in units}.items()


def _cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """Return a cell; of merged cells, the one that shows."""
    cell = sheet.cell(row, column)
    if isinstance(cell, SheetCell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return _cell(sheet, area.min_row, area.min_col)


def _mark(cell: SheetCell, mark: Mark) -> None:
    """Colour a cell and say why, below what its comment already says."""
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    cell.fill = _FILLS[mark.severity]
    cell.comment = Comment(
        before + mark.comment, "Kirjaamo", width=marks.WIDTH, height=mark.height
    )


def _sheet(
    book: Workbook, number: int, wanted: str, taken: set[str], columns: Sequence[Column]
) -> Worksheet:
    sheet: Worksheet = book.create_sheet(sheets.sheet_name(wanted, taken), number)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, one page wide
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    return sheet


def _put(sheet: Worksheet, row: int, cells: Sequence[Cell]) -> None:
    for column, wanted in enumerate(cells, start=1):
        cell = sheet.cell(row, column, wanted.value)
        if isinstance(wanted.value, str):
            cell.data_type = "s"  # never a formula
        _dress(cell, wanted)


def _dress(cell: SheetCell, wanted: Cell) -> None:
    if wanted.style in _FILLS:
        cell.fill = _FILLS[wanted.style]
    if wanted.style in _FONTS:
        cell.font = _FONTS[wanted.style]
    cell.alignment = _TOP
    if wanted.link is not None:
        cell.hyperlink = Hyperlink(cell.coordinate, location=wanted.link.target)


def _settle(saved: IO[bytes], day: dt.date, stream: IO[bytes]) -> None:
    """Copy a saved workbook without the time at which it was saved."""
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(stream, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(
                    rb"\g<1>%sT00:00:00Z" % day.isoformat().encode(), content
                )
            fixed = zipfile.ZipInfo(entry.filename, _FIRST_DAY)
            after.writestr(fixed, content, zipfile.ZIP_DEFLATED)
