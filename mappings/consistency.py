"""Whether the rows of a mapping hold together, wherever they were written.

A problem names a row (from 0) and a column, so that a YAML file can be blamed by row and a
workbook by cell.  It never quotes what stands there.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

import polars as pl

from kirjaamo.messages import N_

STATUSES: Final = ("proposed", "approved", "rejected")
"""What a person has decided of a row."""


class Problem(NamedTuple):
    """Something wrong with a row."""

    row: int
    column: str
    reason: str


TWICE = N_("this old value has two approved rows that hold on the same day")
CIRCULAR = N_("the rows lead in a circle: this value would in the end become itself")

_DECIDED = pl.col("status") != "rejected"
_NOTHING = pl.col("new").is_null() & _DECIDED

_CHECKS: Final[tuple[tuple[str, pl.Expr, str], ...]] = (
    (
        "old",
        (pl.col("old") == "") | (pl.col("old") != pl.col("old").str.strip_chars()),
        N_("the old value is empty or has spaces around it"),
    ),
    (
        "status",
        ~pl.col("status").is_in(STATUSES),
        N_("the status is none of proposed, approved and rejected"),
    ),
    (
        "owner",
        (pl.col("status") == "approved") & (pl.col("owner") == ""),
        N_("the row is approved, but no owner is named"),
    ),
    (
        "reason",
        _NOTHING & (pl.col("reason") == ""),
        N_("there is no new value, and no reason for that"),
    ),
    (
        "new_name",
        pl.col("new").is_not_null() & (pl.col("new_name") != ""),
        N_("a name instead of a code is only for a class whose code is not known"),
    ),
    (
        "valid_to",
        pl.col("valid_from") > pl.col("valid_to"),
        N_("the row ends before it begins"),
    ),
)


def problems(rows: pl.DataFrame, *, same_list: bool) -> list[Problem]:
    """Return everything that is wrong, by row.

    *rows* has the columns of a crosswalk.  Where old and new values are of the same list
    (*same_list*), rows must not lead in a circle.
    """
    numbered = rows.with_row_index("number")
    found = [
        Problem(row, column, reason)
        for column, wrong, reason in _CHECKS
        for row in numbered.filter(wrong)["number"]
    ]
    found += [Problem(row, "old", TWICE) for row in _twice(numbered)]
    if same_list:
        found += [Problem(row, "new", CIRCULAR) for row in _circular(numbered)]
    return sorted(found, key=lambda one: (one.row, one.column))


def _twice(rows: pl.DataFrame) -> pl.Series:
    """Return the numbers of approved rows that begin before an earlier one has ended."""
    key = ["old", "unit"]
    ends = pl.col("valid_to").fill_null(dt.date.max).cum_max().shift().over(key)
    begins = pl.col("valid_from").fill_null(dt.date.min)
    approved = rows.filter(pl.col("status") == "approved").sort(
        [*key, "valid_from", "number"], nulls_last=False
    )
    return approved.filter(begins <= ends)["number"]


def _circular(rows: pl.DataFrame) -> Iterator[int]:
    """Yield the numbers of rows on a circle of two values or more."""
    edges = rows.filter(_DECIDED, pl.col("new").is_not_null(), pl.col("old") != pl.col("new"))
    while True:
        onward = edges.filter(
            pl.col("new").is_in(edges["old"].implode()),
            pl.col("old").is_in(edges["new"].implode()),
        )
        if onward.height == edges.height:
            break
        edges = onward
    yield from edges["number"]
