"""The protocol of a sample: a workbook or a page to read, mark and sign."""

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from typing import BinaryIO

import xlsxwriter

from kirjaamo.messages import N_, gettext
from kirjaamo.migration.sampling import Compared

COLUMNS = (
    N_("system"), N_("table"), N_("source"), N_("row"), N_("old key"), N_("new identifier"),
    N_("field"), N_("path"), N_("comes from"), N_("old value"), N_("new value"),
)  # fmt: skip
MARKS = (N_("same? (yes/no)"), N_("note"))
"""Columns that the person fills in."""

TITLE = N_("Protocol of a sample comparison")
SIGNED = (N_("Place and date"), N_("Compared by"), N_("Signature"))
WIDTHS = (8, 12, 18, 7, 12, 34, 30, 40, 34, 40, 40, 14, 30)

Facts = Mapping[str, object]


def facts(run: int, seed: int, size: int, chain: str, head: str) -> Facts:
    """Return what stands above a protocol: which run, which sample, and which ledger.

    Args:
        run: Number of the run.
        seed: Where the chance of the sample began.
        size: Records of each stratum, at most.
        chain: Chain of the run's records.
        head: Head of the audit trail.
    """
    return {
        gettext("Run"): run,
        gettext("Seed of the sample"): seed,
        gettext("Records of each system, table and service task, at most"): size,
        gettext("Chain of the records"): chain,
        gettext("Head of the audit trail"): head,
    }


def xlsx(rows: Iterable[Compared], told: Facts, stream: BinaryIO) -> None:
    """Write the protocol as a workbook; it is made row by row."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        front = book.add_worksheet(gettext("Protocol"))
        front.set_column(0, 1, 60)
        front.write(0, 0, gettext(TITLE), bold)
        for place, (name, value) in enumerate(told.items(), start=2):
            front.write_row(place, 0, [name, str(value)])
        for place, name in enumerate(SIGNED, start=len(told) + 4):
            front.write_row(place, 0, [gettext(name), "_" * 40])
        sheet = book.add_worksheet(gettext("Fields"))
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [gettext(name) for name in (*COLUMNS, *MARKS)], bold)
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, [str(cell) for cell in astuple(row)], wrap)


STYLE = (
    "body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}"
    "td,th{border:1px solid #999;padding:.3em;vertical-align:top;text-align:left}"
    "td{overflow-wrap:anywhere}@media print{tr{break-inside:avoid}}"
)


def page(rows: Iterable[Compared], told: Facts, stream: BinaryIO) -> None:
    """Write the protocol as a page to print."""

    def put(text: str) -> None:
        stream.write(text.encode())

    title = html.escape(gettext(TITLE))
    put(f'<!doctype html><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>')
    put(f"<h1>{title}</h1><table>")
    for name, value in told.items():
        put(f"<tr><th>{html.escape(name)}<td>{html.escape(str(value))}")
    put("</table><h2></h2><table><tr>")
    put("".join(f"<th>{html.escape(gettext(name))}" for name in (*COLUMNS, *MARKS)))
    for row in rows:
        cells = "".join(f"<td>{html.escape(str(cell))}" for cell in astuple(row))
        put(f"<tr>{cells}{'<td>' * len(MARKS)}")
    put("</table>")
    for name in SIGNED:
        put(f"<p>{html.escape(gettext(name))}: {'_' * 50}")
    put("\n")


Writer = Callable[[Iterable[Compared], Facts, BinaryIO], None]

FORMS: Mapping[str, Writer] = {".xlsx": xlsx, ".html": page}
"""Ending of a file name to what writes such a protocol."""
