"""Worklists: flawed records one by one, for those who mend them.

A worklist names records and workers, so that it is made only when asked for with ``--reveal``,
and the audit trail tells it.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import polars as pl

from kirjaamo.audit.measures import get
from kirjaamo.audit.scores.judging import Judged
from kirjaamo.messages import N_, gettext
from kirjaamo.records import ROW, SOURCE
from kirjaamo.tabular import Cell, Sheet, write_workbook

SCHEMA = pl.Schema(
    {
        "worker": pl.String, "unit": pl.String, "system": pl.String, "table": pl.String,
        "source": pl.String, "row": pl.UInt64, "record": pl.String, "day": pl.Date,
        "measure": pl.String,
    }
)  # fmt: skip


def flawed(judged: Judged, measures: Sequence[str] = ()) -> pl.DataFrame:
    """Return every flawed record once for each measure, by worker and day."""
    parts = [pl.DataFrame(schema=SCHEMA)]
    for (_, table), rows in judged.tables.items():
        known = [code for code in measures or judged.asked if code in rows.columns]
        parts += [_part(rows, table, code) for code in known]
    return pl.concat(parts).sort(
        "worker", "day", "system", "table", "row", "measure", nulls_last=True
    )


def _part(rows: pl.DataFrame, table: str, code: str) -> pl.DataFrame:
    key = f"{table}_id"
    record = pl.col(key) if key in rows.columns else pl.lit(None, pl.String)
    return rows.filter(pl.col(code)).select(
        "worker", "unit", "system", table=pl.lit(table), source=pl.col(SOURCE), row=pl.col(ROW),
        record=record, day="day", measure=pl.lit(code),
    )  # fmt: skip


def write(rows: pl.DataFrame, stream: BinaryIO) -> None:
    """Write the flawed records of one worker as a workbook.

    Args:
        rows: Rows of `flawed`.
        stream: Where the workbook goes.
    """
    names = (
        N_("Worker"),
        N_("Unit"),
        N_("System"),
        N_("Table"),
        N_("Source"),
        N_("Row"),
        N_("Record"),
        N_("Day"),
        N_("Measure"),
        N_("What to do"),
        N_("Done"),
    )
    columns = [gettext(name) for name in names]
    sheet = Sheet(
        gettext("Worklist"), columns, _rows(rows), widths=[14, 28, 10, 12, 28, 8, 16, 12, 34, 60, 8],
        choices={len(columns) - 1: (gettext("yes"), gettext("no"))},
    )  # fmt: skip
    write_workbook(stream, [sheet])


def _rows(rows: pl.DataFrame) -> Iterator[list[Cell]]:
    for row in rows.iter_rows(named=True):
        one = get(row["measure"])
        facts = [row[name] for name in SCHEMA.names()[:-1]]
        yield [*facts, gettext(one.title), gettext(one.advice), None]
