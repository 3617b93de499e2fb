"""Files of corrections: CSV with the system's own delimiter and encoding, or a workbook."""

import csv
import io
from typing import Final

import polars as pl
import xlsxwriter

from kirjaamo.audit.care.correcting import Correction
from kirjaamo.audit.care.errors import CannotCorrectError
from kirjaamo.tabular import CREATED, harmless


def as_csv(made: Correction) -> bytes:
    """Return a correction as CSV with the system's own delimiter and encoding.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=made.part.delimiter or ";", lineterminator="\r\n")
    writer.writerow(made.cells.columns)
    writer.writerows(made.cells.with_columns(harmless(pl.all())).iter_rows())
    encoding = made.part.encoding or "utf-8-sig"
    try:
        return stream.getvalue().encode(encoding)
    except UnicodeEncodeError:
        raise CannotCorrectError(system=made.system, field=f"{made.table}.end_reason") from None


def as_workbook(made: Correction) -> bytes:
    """Return a correction as a workbook; texts stay texts, also those that look like formulas."""
    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": CREATED, "author": "Kirjaamo"})
        sheet = book.add_worksheet((made.part.sheet or made.table)[:31])
        for row, line in enumerate([made.cells.columns, *made.cells.iter_rows()]):
            for column, text in enumerate(line):
                sheet.write_string(row, column, text)
    return stream.getvalue()


FORMS: Final = {"csv": as_csv, "xlsx": as_workbook}
"""Form of a file to its writer."""
