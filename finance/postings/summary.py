"""What was read: postings by system and period, and the postings themselves as a table."""

from typing import Final

import polars as pl

from kirjaamo.finance.postings import SCHEMA, Postings, as_euros
from kirjaamo.records import ROW, SOURCE

OPENING: Final = "00"
"""The month of an opening balance."""

_NONE: Final = ("system", "period")


def summary(postings: Postings) -> pl.DataFrame:
    """Return how much there is of every system and period, and in all.

    Columns: ``system, period, postings, debit, credit, balance, rounded, unreadable``; amounts
    are euros to the cent, as text.  A period that cannot be read is empty; the last row is the
    sum of all, with empty *system* and the period ``*``.
    """
    unreadable = pl.col("cents").is_null() | pl.col("period").is_null()
    frame = postings.frame.with_columns(unreadable=unreadable)
    parts = _counted(frame, _NONE).sort(_NONE, nulls_last=True)
    whole = _counted(frame.with_columns(system=pl.lit(""), period=pl.lit("*")), _NONE)
    every = pl.concat([parts, whole])
    return every.with_columns(
        as_euros(pl.col(name)).alias(name) for name in ("debit", "credit", "balance")
    )


def _counted(frame: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    cents = pl.col("cents")
    return frame.group_by(by).agg(
        postings=pl.len(),
        debit=cents.filter(cents > 0).sum(),
        credit=-cents.filter(cents < 0).sum(),
        balance=cents.sum(),
        rounded=pl.col("rounded").sum(),
        unreadable=pl.col("unreadable").sum(),
    )


def table(postings: Postings) -> pl.DataFrame:
    """Return the postings as they are written: amounts in euros to the cent, as text."""
    names = [name for name in SCHEMA.names() if name not in {SOURCE, ROW, "cents", "rounded"}]
    at = names.index("currency")
    amount = as_euros(pl.col("cents")).alias("amount")
    return postings.frame.select(
        pl.col(SOURCE).alias("source"),
        pl.col(ROW).alias("row"),
        *names[:at],
        amount,
        *names[at:],
    )
