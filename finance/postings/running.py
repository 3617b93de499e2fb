"""Amounts that run from the start of the year, as amounts of their own periods."""

import polars as pl

from kirjaamo.records import ROW, SOURCE

KEY = ("system", "account", "cost_centre", "service_class", "sector", "unit", "currency")
"""What is the same in the rows of one running sum, beside the year."""


def periodic(frame: pl.DataFrame) -> pl.DataFrame:
    """Return *frame* with each amount less that of the period before it.

    Rows of one sum and period count together, in the first of them.  Opening balances stay as
    they are: they are no part of what runs.
    """
    opening = pl.col("period").str.ends_with("-00").fill_null(value=True)
    unreadable = pl.col("cents").is_null()
    kept = frame.filter(opening | unreadable)
    running = frame.filter(~opening & ~unreadable)
    summed = running.group_by([*KEY, "period"], maintain_order=True).agg(
        pl.col(SOURCE, ROW, "document_no").first(),
        pl.col("cents").sum(),
        pl.col("rounded").any(),
    )
    year = pl.col("period").str.slice(0, 4)
    before = pl.col("cents").shift(1).over([*KEY, year], order_by="period").fill_null(0)
    apart = summed.with_columns(cents=pl.col("cents") - before)
    return pl.concat([kept, apart.select(frame.columns)]).sort(SOURCE, ROW, maintain_order=True)
