"""Finding, showing and comparing data points."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from kirjaamo.errors import UnknownNameError
from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.signature import parse
from kirjaamo.messages import N_

DIFFERENCE: Final = pl.Schema(
    {
        "change": pl.String,
        "id": pl.String,
        "signature": pl.String,
        "old": pl.String,
        "new": pl.String,
    }
)
"""What differs between two versions."""

CHANGES: Final = (N_("added"), N_("removed"), N_("renumbered"), N_("mandatory"))
"""Words of the column ``change``; *mandatory* tells whether a data point must be filed."""


def find(points: DataPoints, words: Sequence[str], *, mandatory: bool = False) -> pl.DataFrame:
    """Return the data points that have every one of *words* in number, signature or names.

    Case does not matter; the names of members are looked through too.
    """
    frame = points.frame.filter("mandatory") if mandatory else points.frame
    text = pl.concat_str([pl.col("id"), pl.col("signature"), pl.col("label")], separator=" ")
    for word in words:
        lower = word.lower()
        named = [member for member, name in points.labels.items() if lower in name.lower()]
        hits = text.str.to_lowercase().str.contains(lower, literal=True)
        for member in named:
            hits |= pl.col("signature").str.contains(f"({member})", literal=True)
        frame = frame.filter(hits)
    return frame


def show(points: DataPoints, name: str) -> pl.DataFrame:
    """Return what a data point is: ``part, member, label``, one row for each of its parts.

    Args:
        points: The data points.
        name: Its number, or its signature.

    Raises:
        UnknownNameError: There is none.
        SignatureError: The signature is not one.
    """
    wanted = str(parse(name, name)) if "(" in name else name
    found = points.frame.filter((pl.col("id") == wanted) | (pl.col("signature") == wanted))
    if found.is_empty():
        raise UnknownNameError(kind=N_("data point"), name=name)
    row = found.row(0, named=True)
    signature = parse(row["signature"], points.source)
    parts = [
        ("id", row["id"], row["label"]),
        ("metric", signature.metric, points.labels.get(signature.metric, "")),
        *((dim, member, points.labels.get(member, "")) for dim, member in signature.members),
        ("mandatory", "yes" if row["mandatory"] else "no", ""),
        ("signature", row["signature"], ""),
    ]
    return pl.DataFrame(parts, schema=["part", "value", "label"], orient="row")


def difference(old: DataPoints, new: DataPoints) -> pl.DataFrame:
    """Return what changed from one version to the next; see `DIFFERENCE`."""
    both = old.frame.join(new.frame, on="signature", how="full", suffix="_new", coalesce=True)
    before, after = pl.col("open").is_not_null(), pl.col("open_new").is_not_null()
    number = pl.coalesce("id_new", "id")
    rows = [
        _rows(both.filter(~before), "added", number, pl.lit(""), pl.col("id_new")),
        _rows(both.filter(~after), "removed", number, pl.col("id"), pl.lit("")),
        _rows(
            both.filter(before & after & (pl.col("id") != pl.col("id_new"))),
            "renumbered", number, pl.col("id"), pl.col("id_new"),
        ),
        _rows(
            both.filter(before & after & (pl.col("mandatory") != pl.col("mandatory_new"))),
            "mandatory", number, _word("mandatory"), _word("mandatory_new"),
        ),
    ]  # fmt: skip
    order = pl.Enum(CHANGES)
    return pl.concat(rows).sort(pl.col("change").cast(order), "signature")


def _word(column: str) -> pl.Expr:
    return pl.when(pl.col(column)).then(pl.lit("yes")).otherwise(pl.lit("no"))


def _rows(
    frame: pl.DataFrame, change: str, number: pl.Expr, old: pl.Expr, new: pl.Expr
) -> pl.DataFrame:
    return frame.select(
        pl.lit(change).alias("change"), number.alias("id"), "signature",
        old.alias("old"), new.alias("new"),
    ).match_to_schema(DIFFERENCE)  # fmt: skip
