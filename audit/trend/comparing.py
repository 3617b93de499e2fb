"""Comparing two audits, and many organisations.

A difference is told only between counts of the same definition; another version or threshold is
told as such.  It counts as a change when its interval of 95 per cent leaves zero out.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

import polars as pl

from kirjaamo.audit.definition import AREAS
from kirjaamo.audit.scores.areas import area_scores, whole_score
from kirjaamo.audit.scores.counting import ALL
from kirjaamo.audit.scores.intervals import difference
from kirjaamo.audit.trend.score_files import ScoreFile
from kirjaamo.messages import N_


class Change(StrEnum):
    """What became of a share of flaws."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "no certain change"
    REDEFINED = "definition changed"


WORDS = {
    Change.BETTER: N_("better"),
    Change.WORSE: N_("worse"),
    Change.SAME: N_("no certain change"),
    Change.REDEFINED: N_("definition changed"),
}
"""Change to its words."""

SCHEMA = pl.Schema(
    {
        "measure": pl.String, "by": pl.String, "group": pl.String,
        "before": pl.Float64, "after": pl.Float64,  # shares of flawed records
        "difference": pl.Float64, "low": pl.Float64, "high": pl.Float64,
        "change": pl.String,
    }
)  # fmt: skip


BENCHMARK = pl.Schema(
    {
        "label": pl.String, "as_of": pl.Date, "rows": pl.Int64, "measures": pl.Int64,
        "score": pl.Float64, **{str(area): pl.Float64 for area in AREAS},
    }
)  # fmt: skip
"""One organisation a row: scores of 0 to 100, all areas together and each."""


def compared(before: ScoreFile, after: ScoreFile, by: Sequence[str] = (ALL,)) -> pl.DataFrame:
    """Return `SCHEMA`: every group that stands in both, by measure, *by* and group."""
    keys = ["measure", "by", "group"]
    both = before.table.join(after.table, on=keys, suffix="_after").filter(
        pl.col("by").is_in(by)
    )
    rows = list(_rows(both.sort(keys)))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _rows(both: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    for row in both.iter_rows(named=True):
        key = (row["measure"], row["by"], row["group"], row["share"], row["share_after"])
        if row["definition"] != row["definition_after"]:
            yield (*key, None, None, None, str(Change.REDEFINED))
            continue
        told = difference(
            (row["flawed"], row["judged"]), (row["flawed_after"], row["judged_after"])
        )
        yield (*key, *told, str(_change(*told[1:])))


def _change(low: float, high: float) -> Change:
    """Return what an interval tells: fewer flaws are better.

    >>> _change(-0.2, -0.1)
    <Change.BETTER: 'better'>
    """
    if high < 0:
        return Change.BETTER
    return Change.WORSE if low > 0 else Change.SAME


def benchmark(files: Sequence[ScoreFile]) -> pl.DataFrame:
    """Return the areas of every organisation beside each other: one row for each label.

    Only measures that all of them judged by the same definition are in it; column ``measures``
    says how many.
    """
    keys = ["measure", "definition"]
    wholes = [file.table.filter(pl.col("by") == ALL) for file in files]
    common = wholes[0].select(keys)
    for other in wholes[1:]:
        common = common.join(other.select(keys), on=keys, how="semi")
    rows = []
    for file, whole in zip(files, wholes, strict=True):
        areas = area_scores(whole.join(common, on=keys, how="semi"))
        scores = dict(areas.select("area", "score").iter_rows())
        rows.append({
            "label": file.label, "as_of": file.as_of, "rows": file.rows,
            "measures": common.height, "score": whole_score(areas), **scores,
        })  # fmt: skip
    table = pl.DataFrame(rows, schema=BENCHMARK)
    return table.sort("score", "label", descending=[True, False], nulls_last=True)
