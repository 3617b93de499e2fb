"""Leaving small groups out, so that nobody can work them out.

A group with few records or few workers could tell about a person.  Hiding its line alone does
not help: the total minus the other lines gives it back.  So its records are left out of every
table of that measure, totals too, until no shown group is small.  What is shown is then computed
from the remaining records only, and no sum or difference of it can hold anything of the others.
"""

from collections.abc import Sequence

import polars as pl


def without_small(
    cells: pl.DataFrame, groups: Sequence[str], records: int, workers: int
) -> pl.DataFrame:
    """Return the cells of which no group is small.

    Args:
        cells: Columns *groups*, ``worker`` and ``judged``, the number of records.
        groups: Columns by which tables are shown.
        records: Records that a group has at least.
        workers: Workers that a group has at least, where its system tells workers at all.
    """
    while True:
        kept = cells
        for group in groups:
            kept = kept.filter(_large(pl.col(group), records, workers))
        if kept.height == cells.height:
            break
        cells = kept
    return cells if cells["judged"].sum() >= records else cells.clear()


def _large(group: pl.Expr, records: int, workers: int) -> pl.Expr:
    """Return whether a cell's group is large enough; unknown workers are no workers."""
    known = pl.col("worker").drop_nulls().n_unique()
    told = (known >= workers) | (known == 0)
    large = (pl.col("judged").sum() >= records) & told
    return large.over(group.fill_null("").name.suffix("_of"))
