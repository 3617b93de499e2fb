"""Records judged by checks: the one form in which everything that data care finds is kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kirjaamo.findings import Cause
from kirjaamo.records import ROW, SOURCE

SCHEMA = pl.Schema(
    {
        "code": pl.String, "system": pl.String, "table": pl.String, "source": pl.String,
        "row": pl.UInt64, "field": pl.String, "unit": pl.String, "task": pl.String,
        "year": pl.String, "worker": pl.String, "cause": pl.String, "flawed": pl.Boolean,
        "signs": pl.String,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotJudged:
    """What could not be judged of a system: the cause is the system, not a person."""

    code: str
    system: str
    place: str
    records: int
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What data care found.

    Attributes:
        rows: `SCHEMA`: a row for each record and check.
        left: What could not be judged.
        as_of: The day of the check.
        columns: System to {``table.field``: the column of the person's own file}.
    """

    rows: pl.DataFrame
    left: tuple[NotJudged, ...]
    as_of: dt.date
    columns: Mapping[str, Mapping[str, str]]

    @property
    def flawed(self) -> pl.DataFrame:
        """Return the flawed records, by check and place."""
        return self.rows.filter("flawed").sort("code", "system", "source", "row", "field")


def rows_of(
    places: pl.DataFrame, verdict: pl.DataFrame, facts: tuple[str, str, str, str]
) -> pl.DataFrame:
    """Return judged records in the form of `SCHEMA`.

    Args:
        places: Records with their groups.
        verdict: ``_source``, ``_row`` and ``flawed``; null where a record is not judged.
        facts: Code, system, table and field.
    """
    code, system, table, field = facts
    if "signs" not in verdict.columns:
        verdict = verdict.with_columns(signs=pl.lit("", pl.String))
    joined = verdict.drop_nulls("flawed").join(
        places, on=[SOURCE, ROW], how="left", maintain_order="left"
    )
    return joined.select(
        code=pl.lit(code), system=pl.lit(system), table=pl.lit(table), source=pl.col(SOURCE),
        row=pl.col(ROW), field=pl.lit(field), unit="unit", task="task", year="year",
        worker="worker", cause=pl.lit(str(Cause.PERSON)), flawed="flawed", signs="signs",
    )  # fmt: skip
