"""A workbook written row by row with xlsxwriter, in constant memory.

Texts are written as texts: none becomes a formula, a link or a number.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

import xlsxwriter

from kirjaamo.reports.xlsx.sheets import COLOURS, Cell, Column, sheet_name

Sheet = Any
"""A worksheet of xlsxwriter, which has no type information."""

_STYLES: Mapping[str, Mapping[str, Any]] = {
    "": {},
    "title": {"bold": True, "font_size": 14},
    "header": {"bold": True, "bg_color": "#D9D9D9"},
    "link": {"font_color": "#0563C1", "underline": 1},
    **{severity: {"bg_color": f"#{colour}"} for severity, colour in COLOURS.items()},
}
_EVERYWHERE = "A1:XFD1048576"


class Book:
    """A workbook that is being written."""

    def __init__(self, stream: IO[bytes], folder: str, day: dt.date) -> None:
        """Write to *stream*, with waiting rows in *folder*, as if made on *day*."""
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._file = xlsxwriter.Workbook(stream, options)
        self._file.set_properties({"created": dt.datetime.combine(day, dt.time())})
        self._styles = {
            name: self._file.add_format({"valign": "top", **style})
            for name, style in _STYLES.items()
        }
        self._taken: set[str] = set()

    def add(self, wanted: str, columns: Iterable[Column]) -> Sheet:
        """Return a new sheet with the widths of *columns*."""
        sheet = self._file.add_worksheet(sheet_name(wanted, self._taken))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)  # one page wide, as many high as it takes
        sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
        return sheet

    def head(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        """Write the headings of *columns* to the first row, and keep them in sight."""
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        self.put(sheet, 0, [Cell(column.heading, "header") for column in columns])

    def put(self, sheet: Sheet, row: int, cells: Sequence[Cell]) -> None:
        """Write cells to the 0-based *row*; rows come in order."""
        for column, (value, style, link) in enumerate(cells):
            look = self._styles[style]
            if link is not None:
                target = link.target.replace('"', '""')
                formula = f'=HYPERLINK("#{target}","{link.cell}")'
                sheet.write_formula(row, column, formula, look, link.cell)
            elif isinstance(value, int):
                sheet.write_number(row, column, value, look)
            elif value:
                sheet.write_string(row, column, value, look)
            elif style:
                sheet.write_blank(row, column, None, look)

    def close(self) -> None:
        """Finish the workbook."""
        self._file.close()
