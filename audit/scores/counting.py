"""Counting flawed records by measure and group."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from kirjaamo.audit.ground import GROUPS
from kirjaamo.audit.measures import get
from kirjaamo.audit.scores.hiding import without_small
from kirjaamo.audit.scores.intervals import with_shares
from kirjaamo.audit.scores.judging import Judged, NotJudged, Terms

ALL = "all"
"""The grouping of all records together."""

BY = (ALL, *GROUPS)
"""How scores are grouped."""

SCHEMA = pl.Schema(
    {
        "measure": pl.String,
        "definition": pl.String,  # version of the measure and hash of its thresholds
        "by": pl.String,  # one of `BY`
        "group": pl.String,  # "" where the record does not tell it
        "judged": pl.Int64,
        "flawed": pl.Int64,
    }
)


@dataclass(frozen=True, slots=True)
class Scores:
    """What an audit found.

    Attributes:
        table: `SCHEMA` with ``share``, ``low`` and ``high``: one row for each shown group.
        as_of: The day of the audit.
        rows: Records that were read.
        hidden: Measure to records left out because their group is small.
        left: What could not be judged.
    """

    table: pl.DataFrame
    as_of: dt.date
    rows: int
    hidden: dict[str, int]
    left: tuple[NotJudged, ...]

    def of(self, by: str) -> pl.DataFrame:
        """Return the rows of one grouping."""
        return self.table.filter(pl.col("by") == by)


def counted(judged: Judged, terms: Terms) -> Scores:
    """Return the scores; small groups are left out."""
    tables, hidden = [], {}
    for code in judged.asked:
        cells = _cells(judged, code)
        settings = terms.settings
        kept = without_small(cells, GROUPS, settings.records, settings.workers)
        hidden[code] = int(cells["judged"].sum()) - int(kept["judged"].sum())
        definition = get(code).definition(settings.thresholds, terms.words.digest)
        tables += list(_groups(kept, code, definition))
    counts = pl.concat([pl.DataFrame(schema=SCHEMA), *tables])
    return Scores(with_shares(counts), judged.as_of, judged.rows, hidden, judged.left)


def _cells(judged: Judged, code: str) -> pl.DataFrame:
    """Return the finest counts of a measure: by every group and worker."""
    keys = [*GROUPS, "worker"]
    parts = [
        rows.lazy()
        .filter(pl.col(code).is_not_null())
        .with_columns(worker=pl.col("system") + " " + pl.col("worker"))
        .group_by(keys)
        .agg(judged=pl.len().cast(pl.Int64), flawed=pl.col(code).sum().cast(pl.Int64))
        .collect()
        for rows in judged.tables.values()
        if code in rows.columns
    ]
    return pl.concat(parts).group_by(keys).sum().with_columns(pl.col(GROUPS).fill_null(""))


def _groups(cells: pl.DataFrame, code: str, definition: str) -> Iterator[pl.DataFrame]:
    """Yield the counts of a measure for each grouping, sorted."""
    if cells.is_empty():
        return
    for by in BY:
        group = pl.lit("") if by == ALL else pl.col(by)
        counts = cells.group_by(group.alias("group")).agg(pl.col("judged", "flawed").sum())
        yield counts.sort("group").select(
            measure=pl.lit(code), definition=pl.lit(definition), by=pl.lit(by),
            group="group", judged="judged", flawed="flawed",
        )  # fmt: skip
