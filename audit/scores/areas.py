"""Measures joined into the four areas of competence.

The score of an area is 100 minus the mean share of flaws of its measures, in per cent: each
measure weighs the same, so that a much recorded kind of record does not hide a rare one.  It is
computed from what is shown anyway, so that it tells nothing of hidden groups.
"""

import polars as pl

from kirjaamo.audit.definition import AREAS
from kirjaamo.audit.measures import measures

MARK = 100


def area_scores(table: pl.DataFrame) -> pl.DataFrame:
    """Return ``by``, ``group``, ``area``, ``score``, ``low``, ``high``, ``measures``.

    Bounds join the bounds of the shares (G. Zou and A. Donner, 2008).

    Args:
        table: The table of `kirjaamo.audit.scores.counting.Scores`.
    """
    area = {code: str(one.area) for code, one in measures().items()}
    order = {str(name): place for place, name in enumerate(AREAS)}
    number = pl.len()
    under = (pl.col("share") - pl.col("low")).pow(2).sum().sqrt() / number
    over = (pl.col("high") - pl.col("share")).pow(2).sum().sqrt() / number
    mean = pl.col("share").mean()
    return (
        table.with_columns(area=pl.col("measure").replace_strict(area, return_dtype=pl.String))
        .group_by("by", "group", "area")
        .agg(
            score=MARK * (1 - mean),
            low=MARK * (1 - mean - over).clip(lower_bound=0),
            high=MARK * (1 - mean + under).clip(upper_bound=1),
            measures=number.cast(pl.Int64),
        )
        .sort(
            "by", "group",
            pl.col("area").replace_strict(order, return_dtype=pl.Int64),
        )
    )  # fmt: skip


def whole_score(areas: pl.DataFrame) -> float | None:
    """Return the mean of the areas of all records, or None when nothing could be judged."""
    found = areas.filter(pl.col("by") == "all")["score"]
    return None if found.is_empty() else float(found.mean())  # type: ignore[arg-type]  # a mean of numbers is one
