"""An empty Excel workbook with a sheet for each table: made from the record model."""

import datetime as dt
from typing import BinaryIO

import xlsxwriter

from kirjaamo.messages import gettext
from kirjaamo.records import Field, tables

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""A fixed date, so that the same version writes the same bytes."""

TEXT_TYPES = frozenset({"id", "code", "oid", "identity_code", "business_id", "text", "name"})


def write(stream: BinaryIO) -> None:
    """Write the template: headers with labels as comments, and columns of the right form."""
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": CREATED, "author": "Kirjaamo"})
    bold = book.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1})
    forms = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for table in tables().values():
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for number, field in enumerate(table.fields.values()):
            form = forms.get("text" if field.type in TEXT_TYPES else field.type)
            sheet.set_column(number, number, max(12, len(field.name) + 2), form)
            sheet.write_string(0, number, field.name, bold)
            sheet.write_comment(0, number, _comment(field), {"author": "Kirjaamo"})
    book.close()


def _comment(field: Field) -> str:
    """Return what a person should know of a column."""
    return "\n".join([str(field.label), field.type, field.code_system, gettext(field.source)])
