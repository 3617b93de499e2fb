"""A new workbook from sources of any size and format.

Every cell is text as it stood in the source, so a cell of a damaged export can never run
as a formula.  The first column of a sheet is the row in the source, which every other report
names; the records stand one below another whatever line breaks they hold.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import IO, NamedTuple

import polars as pl

from kirjaamo.messages import N_, gettext
from kirjaamo.records import ROW
from kirjaamo.reports.xlsx import marks, sheets
from kirjaamo.reports.xlsx.book import Book, Sheet
from kirjaamo.reports.xlsx.marks import Finding, Mark, Where
from kirjaamo.reports.xlsx.sheets import FULL, Cell, Column, Source
from kirjaamo.run import Run
from kirjaamo.sources import RAGGED, Unit
from kirjaamo.wording import visible

_NARROWEST, _WIDEST = 10, 40


class _Row(NamedTuple):
    """A row of a source: its number there, and its texts."""

    number: int
    texts: tuple[str | None, ...]


def write(run: Run, sources: Sequence[Source], stream: IO[bytes]) -> None:
    """Write the sources of *run* with their findings as a new workbook."""
    with tempfile.TemporaryDirectory(prefix="kirjaamo-") as folder:
        book = Book(stream, folder, run.as_of)
        summary = book.add(gettext(N_("Summary")), sheets.summary_columns())
        columns = sheets.findings_columns()
        needed = range(0, max(len(run.findings), 1), FULL - 1)
        listed = [book.add(gettext(N_("Findings")), columns) for _ in needed]
        places = _copy_all(run, sources, book)
        _list_findings(run, places, book, listed)
        for number, cells in enumerate(sheets.summary_rows(run)):
            book.put(summary, number, cells)
        book.close()


def _list_findings(
    run: Run, places: Mapping[str, Where], book: Book, listed: Sequence[Sheet]
) -> None:
    columns = sheets.findings_columns()
    rows = sheets.findings_rows(run, places)
    for sheet in listed:
        book.head(sheet, columns)
        last = 1
        for last, cells in zip(range(1, FULL), rows, strict=False):
            book.put(sheet, last, cells)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _copy_all(run: Run, sources: Sequence[Source], book: Book) -> dict[str, Where]:
    """Copy every source to sheets of its own and return where its marked rows stand."""
    found = marks.by_source(run)
    said = marks.sentences(run)
    places: dict[str, Where] = {}
    for source in sources:
        for name, header, rows in _read(source):
            copy = _Copy(book, name, header, said)
            for row, findings in _beside(rows, marks.by_row(found.get(name))):
                copy.add(row, findings)
            places[name] = copy.where
    return places


def _read(source: Source) -> Iterator[tuple[str, tuple[str, ...], Iterator[_Row]]]:
    """Yield name, header and rows of everything that stands in a source."""
    units = source.units(sheets.SIZE)
    for name, group in groupby(units, key=lambda unit: unit.source):
        first = next(group)
        yield name, first.header, _rows(source, chain([first], group))  # noqa: B031 - its head was taken once


def _rows(source: Source, units: Iterator[Unit]) -> Iterator[_Row]:
    lines = 0
    for unit in units:
        piece = source.read(unit)
        frame = piece.frame.drop(RAGGED)
        for number, *texts in frame.select(ROW, pl.exclude(ROW)).iter_rows():
            yield _Row(lines + number + 1, tuple(texts))
        lines += piece.rows


def _beside(
    rows: Iterator[_Row], waiting: Iterator[tuple[int, list[Finding]]]
) -> Iterator[tuple[_Row, list[Finding]]]:
    """Yield each row with its findings; both come in the order of the rows."""
    nothing = (0, list[Finding]())
    number, findings = next(waiting, nothing)
    for row in rows:
        while number and number < row.number:
            number, findings = next(waiting, nothing)
        yield row, findings if number == row.number else []


class _Copy:
    """A source that is being copied, to as many sheets as its rows need."""

    def __init__(
        self,
        book: Book,
        name: str,
        header: tuple[str, ...],
        said: Mapping[str, tuple[str, str]],
    ) -> None:
        self._book, self._name, self._said = book, name, said
        self._columns = [_column(gettext(N_("Row in the source")))]
        self._columns += [_column(text) for text in header]
        self._rows: dict[int, tuple[str, int]] = {}
        numbers = {text: number for number, text in enumerate(header, start=1)}
        self.where = Where(numbers, self._rows)
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._book.add(self._name, self._columns)
        self._book.head(self._sheet, self._columns)
        self._next = 1
        self._comments = 0

    def add(self, row: _Row, findings: list[Finding]) -> None:
        """Write a row with its marks below the others."""
        if self._next == FULL:
            self._begin()
        marked = marks.marks(findings, self.where, self._said)
        cells = [Cell(row.number), *(Cell(text or "") for text in row.texts)]
        for number, mark in marked.items():
            cells[number] = cells[number]._replace(style=str(mark.severity))
            self._comment(number, mark)
        self._book.put(self._sheet, self._next, cells)
        if marked:
            self._rows[row.number] = (self._sheet.name, self._next + 1)
        self._next += 1

    def _comment(self, column: int, mark: Mark) -> None:
        if self._comments < marks.COMMENTS:
            form = {"author": "Kirjaamo", "width": marks.WIDTH, "height": mark.height}
            self._sheet.write_comment(self._next, column, mark.comment, form)
            self._comments += 1


def _column(heading: str) -> Column:
    shown = visible(heading)
    return Column(shown, min(max(len(shown) + 2, _NARROWEST), _WIDEST))
