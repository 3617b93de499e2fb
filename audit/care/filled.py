"""Worklists as people left them: rows with the place of every cell, from a workbook or CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kirjaamo.audit.care.errors import NotAWorklistError
from kirjaamo.audit.care.listing import HEADINGS, SHEET
from kirjaamo.messages import LANGUAGES, gettext
from kirjaamo.sources import xlsx
from kirjaamo.sources.errors import MissingFileError, MissingSheetError

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a worklist in CSV at most."""

FORMULA_SIGNS: Final = ("=", "+", "-", "@")
"""Characters with which a text begins that a spreadsheet runs."""

_LETTERS: Final = {name: chr(ord("A") + place) for place, name in enumerate(HEADINGS)}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a worklist.

    Attributes:
        file: Name of the file.
        sheet: Name of the sheet, "" in CSV.
        number: Row as Excel counts it.
        texts: Column to its text, "" where the cell is empty.
    """

    file: str
    sheet: str
    number: int
    texts: Mapping[str, str]

    def place(self, column: str) -> str:
        """Return where a cell stands.

        >>> Line("a.xlsx", "To decide", 7, {}).place("decision")
        "'To decide'!J7"
        """
        cell = f"{_LETTERS[column]}{self.number}"
        return f"'{self.sheet}'!{cell}" if self.sheet else cell


def lines(path: Path) -> list[Line]:
    """Return the rows of a worklist.

    Raises:
        NotAWorklistError: It lacks the sheet or the columns of one.
        SourceError: It cannot be read.
    """
    if not path.is_file():
        raise MissingFileError(source=str(path))
    sheet, rows = _of_csv(path) if path.suffix.lower() == ".csv" else _of_workbook(path)
    if not rows or not _is_header(rows[0]):
        raise NotAWorklistError(file=path.name)
    names = list(HEADINGS)
    return [
        Line(path.name, sheet, number, dict(zip(names, _padded(row, len(names)), strict=True)))
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]


def _padded(row: Sequence[str | None], width: int) -> list[str]:
    return [(cell or "").strip() for cell in (*row, *[None] * width)[:width]]


def _is_header(row: Sequence[str | None]) -> bool:
    """Return whether a row holds the headings in one of the languages."""
    told = _padded(row, len(HEADINGS))
    return any(
        told == [gettext(name, chosen) for name in HEADINGS.values()] for chosen in LANGUAGES
    )


def _of_workbook(path: Path) -> tuple[str, list[list[str | None]]]:
    for name in dict.fromkeys(gettext(SHEET, chosen) for chosen in LANGUAGES):
        try:
            return name, xlsx.rows(str(path), name)
        except MissingSheetError:
            continue
    raise NotAWorklistError(file=path.name)


def _of_csv(path: Path) -> tuple[str, list[list[str | None]]]:
    if path.stat().st_size > LARGEST:
        raise NotAWorklistError(file=path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        read = [list[str | None](row) for row in csv.reader(io.StringIO(text), delimiter=";")]
    except (UnicodeDecodeError, csv.Error):
        raise NotAWorklistError(file=path.name) from None
    return "", [[_unquoted(cell) for cell in row] for row in read]


def _unquoted(cell: str | None) -> str | None:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return (
        cell[1:] if cell and cell[0] == "'" and cell[1:].lstrip()[:1] in FORMULA_SIGNS else cell
    )
