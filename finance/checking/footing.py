"""Sub-totals of an export against the postings that they sum."""

import polars as pl

from kirjaamo.records import ROW, SOURCE

_SAME = ("period", "cost_centre", "service_class", "sector", "unit")


def gaps(postings: pl.LazyFrame, subtotals: pl.LazyFrame) -> pl.LazyFrame:
    """Return the sub-totals with ``gap``: what they state less the sum of their rows, in cents.

    A field that a sub-total leaves empty does not tell its rows apart.  A sum with a posting
    that cannot be read is not compared, because nobody knows it.
    """
    stated = subtotals.filter(pl.col("cents").is_not_null())
    lengths = pl.col("begins").str.len_chars()
    shapes = stated.select(lengths.alias("length"), *(pl.col(n).is_null() for n in _SAME))
    parts = [
        _of_shape(postings, stated, dict(zip(("length", *_SAME), shape, strict=True)))
        for shape in shapes.unique(maintain_order=True).collect().iter_rows()
    ]
    nothing = stated.select(SOURCE, ROW, gap="cents").head(0)
    return pl.concat([nothing, *parts]).sort(SOURCE, ROW)


def _of_shape(
    postings: pl.LazyFrame, stated: pl.LazyFrame, shape: dict[str, int | bool]
) -> pl.LazyFrame:
    """Return the gaps of the sub-totals with prefixes of one length and the same empty fields."""
    length = shape["length"]
    key = [name for name in _SAME if not shape[name]]
    mine = stated.filter(
        pl.col("begins").str.len_chars() == length,
        *(pl.col(name).is_null() == shape[name] for name in _SAME),
    )
    sums = (
        postings.with_columns(begins=pl.col("account").str.slice(0, length))
        .group_by(SOURCE, "begins", *key)
        .agg(sum=pl.col("cents").sum(), whole=pl.col("cents").is_not_null().all())
    )
    joined = mine.join(sums, on=[SOURCE, "begins", *key], how="left")
    known = joined.filter(pl.col("whole").fill_null(value=True))
    return known.select(SOURCE, ROW, gap=pl.col("cents") - pl.col("sum").fill_null(0))
