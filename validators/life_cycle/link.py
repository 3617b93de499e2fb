"""Joins that several rules of the family share: spans, deaths and ages.

An identifier that stands on several rows names nobody for certain, so rows that refer to it
fall out: a false alarm is worse than a miss, and repeated identifiers have a rule of their own.
"""

import polars as pl

from kirjaamo.records import ROW, SOURCE


def places(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return the place columns of *rows*."""
    return rows.select(SOURCE, ROW)


def with_span(
    rows: pl.LazyFrame, by: str, target: pl.LazyFrame, key: str, span: tuple[str, str]
) -> pl.LazyFrame:
    """Return the rows whose field *by* names one target row, with its span.

    Args:
        rows: The table that refers.
        by: Its field that refers.
        target: The table referred to.
        key: The identifier of the target.
        span: The target's first and last day; they become ``_first`` and ``_last``.
    """
    named = (
        pl.col(key).alias(by),
        pl.col(span[0]).alias("_first"),
        pl.col(span[1]).alias("_last"),
    )
    spans = target.select(*named).drop_nulls(by).unique(by, keep="none")
    return rows.join(spans, on=by)


def outside(day: pl.Expr) -> pl.Expr:
    """Return true where *day* is before ``_first`` or after ``_last``; both days belong."""
    return (day < pl.col("_first")) | (day > pl.col("_last"))


def with_client(rows: pl.LazyFrame, client: pl.LazyFrame, fact: str) -> pl.LazyFrame:
    """Return the rows whose ``client_id`` names one client, with the *fact* of the client."""
    known = client.select("client_id", fact).drop_nulls("client_id")
    return rows.join(known.unique("client_id", keep="none").drop_nulls(fact), on="client_id")


def after_death(
    rows: pl.LazyFrame, day: pl.Expr, client: pl.LazyFrame, days: int
) -> pl.LazyFrame:
    """Return the places of rows whose *day* is more than *days* days after the client's death."""
    limit = pl.col("death_date") + pl.duration(days=days)
    return places(with_client(rows, client, "death_date").filter(day > limit))


def age(birth: pl.Expr, on: pl.Expr) -> pl.Expr:
    """Return full years from *birth* to *on*; who is born on 29 February ages on 1 March."""
    birthday = birth.dt.month().cast(pl.Int32) * 100 + birth.dt.day()
    today = on.dt.month().cast(pl.Int32) * 100 + on.dt.day()
    return on.dt.year() - birth.dt.year() - (today < birthday).cast(pl.Int32)
