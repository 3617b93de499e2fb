"""Finding, showing and comparing data points."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from kirjaamo.errors import UnknownNameError
from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.signature import Signature, parse
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

CHANGES: Final = (
    N_("added"), N_("removed"), N_("renumbered"), N_("relabelled"), N_("mandatory"),
)  # fmt: skip
"""Words of the column ``change``; *mandatory* tells whether a data point must be filed."""

PARTS: Final = {
    "number": N_("number"),
    "metric": N_("metric"),
    "mandatory": N_("mandatory"),
    "counts in": N_("counts in"),
    "signature": N_("point signature"),
}
"""Words of the first column of `show`, beside the dimensions."""

ANSWERS: Final = (N_("yes"), N_("no"))

MEMBERS: Final = r"\(([^()|]+)\)"


def find(
    points: DataPoints,
    words: Sequence[str],
    members: Sequence[tuple[str, str]] = (),
    *,
    mandatory: bool = False,
) -> pl.DataFrame:
    """Return the data points that have every one of *words* in number, signature or names.

    Case does not matter; the names of members are looked through too.

    Args:
        points: The data points.
        words: What is looked for.
        members: Dimension and member that a data point must have.
        mandatory: Whether only data points that must be filed are asked for.
    """
    frame = points.frame.filter("mandatory") if mandatory else points.frame
    for dimension, member in members:
        part = f"|{dimension}({member})"
        frame = frame.filter(pl.col("signature").str.contains(part, literal=True))
    text = pl.concat_str([pl.col("id"), pl.col("signature"), pl.col("label")], separator=" ")
    for word in words:
        lower = word.lower()
        named = [member for member, name in points.labels.items() if lower in name.lower()]
        hits = text.str.to_lowercase().str.contains(lower, literal=True)
        for member in named:
            hits |= pl.col("signature").str.contains(f"({member})", literal=True)
        frame = frame.filter(hits)
    return frame


def named(points: DataPoints, frame: pl.DataFrame) -> pl.DataFrame:
    """Return data points with names: their own, or else those of their metric and members."""
    if not points.labels:
        return frame
    names = pl.element().replace_strict(dict(points.labels), default=pl.element())
    found = (
        pl.col("signature")
        .str.extract_all(MEMBERS)
        .list.eval(pl.element().str.strip_chars("()"))
    )
    joined = found.list.eval(names).list.join(", ")
    own = pl.when(pl.col("label") == "").then(joined).otherwise("label")
    return frame.with_columns(label=own)


def show(points: DataPoints, name: str) -> pl.DataFrame:
    """Return what a data point is: ``part, value, label``, one row for each of its parts.

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
    row = named(points, found).row(0, named=True)
    signature = parse(row["signature"], points.source)
    label = points.labels.get
    parts = [
        ("number", row["id"], row["label"]),
        ("metric", signature.metric, label(signature.metric, "")),
        *((axis, member, _of(label(axis, ""), label(member, "")))
          for axis, member in signature.members),
        *_totals(points, signature),
        ("mandatory", "yes" if row["mandatory"] else "no", ""),
        ("signature", row["signature"], ""),
    ]  # fmt: skip
    return pl.DataFrame(parts, schema=["part", "value", "label"], orient="row")


def _of(axis: str, member: str) -> str:
    return f"{axis}: {member}" if axis and member else axis or member


def _totals(points: DataPoints, signature: Signature) -> list[tuple[str, str, str]]:
    """Return what the members of a data point count in, the nearest totals."""
    members = [member for _, member in signature.members]
    above = points.nodes.filter(pl.col("member").is_in(members), pl.col("operator") == "=")
    return [
        ("counts in", f"{'-' if sign < 0 else '+'} {parent}", points.labels.get(parent, ""))
        for parent, sign in above.select("parent", "sign").unique(maintain_order=True).rows()
    ]


def difference(old: DataPoints, new: DataPoints) -> pl.DataFrame:
    """Return what changed from one version to the next; see `DIFFERENCE`.

    *relabelled* tells of a data point with a name of its own, and of members and metrics, whose
    names are those of all data points that have them.
    """
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
        _rows(
            both.filter(
                before & after & (pl.col("label") != pl.col("label_new"))
                & (pl.col("label") != "") & (pl.col("label_new") != "")
            ),
            "relabelled", number, pl.col("label"), pl.col("label_new"),
        ),
        _renamed(old, new),
    ]  # fmt: skip
    order = pl.Enum(CHANGES)
    return pl.concat(rows).sort(pl.col("change").cast(order), "signature")


def _renamed(old: DataPoints, new: DataPoints) -> pl.DataFrame:
    """Return members, metrics and dimensions of both versions whose name has changed."""
    rows = [
        ("relabelled", "", name, label, new.labels[name])
        for name, label in sorted(old.labels.items())
        if new.labels.get(name, label) != label
    ]
    return pl.DataFrame(rows, schema=DIFFERENCE, orient="row")


def _word(column: str) -> pl.Expr:
    return pl.when(pl.col(column)).then(pl.lit("yes")).otherwise(pl.lit("no"))


def _rows(
    frame: pl.DataFrame, change: str, number: pl.Expr, old: pl.Expr, new: pl.Expr
) -> pl.DataFrame:
    return frame.select(
        pl.lit(change).alias("change"), number.alias("id"), "signature",
        old.alias("old"), new.alias("new"),
    ).match_to_schema(DIFFERENCE)  # fmt: skip
