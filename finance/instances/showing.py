"""Facts by data point and label, as people look at them."""

from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.facts import Filing

SHOWN: Final = ("id", "label", "period", "unit", "value", "breakdown")
"""Columns of a list of facts; the breakdown is the signature of the data point."""

_BETWEEN: Final = " · "


def labelled(frame: pl.DataFrame, points: DataPoints | None) -> pl.DataFrame:
    """Return rows of a column ``signature`` with ``id`` and ``label`` in front.

    The label is that of the data point, or else the names of its members; both are empty where
    the data points are not known.
    """
    if points is None:
        return frame.select(pl.lit("").alias("id"), pl.lit("").alias("label"), pl.all())
    known = points.frame.select("signature", "id", "label")
    found = frame.join(known, on="signature", how="left", maintain_order="left")
    names = _names(found.filter(pl.col("label").fill_null("") == "")["signature"], points)
    found = found.join(names, on="signature", how="left", maintain_order="left")
    own = pl.when(pl.col("label").fill_null("") == "").then(pl.col("names"))
    return found.select(
        pl.col("id").fill_null(""),
        own.otherwise(pl.col("label")).fill_null("").alias("label"),
        *frame.columns,
    )


def _names(signatures: pl.Series, points: DataPoints) -> pl.DataFrame:
    """Return ``signature, names``: the names of its members with dots between them."""
    empty = pl.DataFrame(schema={"signature": pl.String, "names": pl.String})
    if not points.labels or signatures.is_empty():
        return empty
    labels = pl.DataFrame(
        {"member": list(points.labels), "name": list(points.labels.values())},
        schema={"member": pl.String, "name": pl.String},
    )
    parts = (
        signatures.unique()
        .to_frame("signature")
        .with_columns(member=pl.col("signature").str.extract_all(r"\([^)]*\)"))
        .explode("member", empty_as_null=True, keep_nulls=True)
        .with_columns(pl.col("member").str.strip_chars("()"))
        .join(labels, on="member", how="inner", maintain_order="left")
    )
    joined = pl.col("name").str.join(_BETWEEN).alias("names")
    return pl.concat([empty, parts.group_by("signature", maintain_order=True).agg(joined)])


def shown(filing: Filing, points: DataPoints | None = None) -> pl.DataFrame:
    """Return the facts of a filing with number and name of their data points; see `SHOWN`."""
    return labelled(filing.facts, points).rename({"signature": "breakdown"}).select(SHOWN)


def looked_for(frame: pl.DataFrame, words: tuple[str, ...]) -> pl.DataFrame:
    """Return the rows that have every one of *words* in number, label or signature."""
    text = pl.concat_str("id", "label", "breakdown", separator=" ").str.to_lowercase()
    for word in words:
        frame = frame.filter(text.str.contains(word.lower(), literal=True))
    return frame
