"""Sums of postings as values of data points: one value for one data point, totals included."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import polars as pl

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.errors import NoDimensionError, NoPlaceError
from kirjaamo.finance.datapoints.totals import counted
from kirjaamo.finance.postings import shown
from kirjaamo.finance_settings import Dimension

Field = Literal["account", "service_class", "sector"]

FIELDS: Final[tuple[Field, ...]] = ("account", "service_class", "sector")
"""What a sum is told apart by, in the order of its columns."""

NOTHING: Final = "\N{EN DASH}"

Dimensions = Mapping[Field, Dimension]


def place(
    sums: pl.DataFrame, metric: str, dimensions: Dimensions, points: DataPoints
) -> pl.DataFrame:
    """Return the data points of *sums*: ``signature, id, hundredths, own``.

    Args:
        sums: Columns of `FIELDS` with national codes, and ``hundredths`` (cents, or hundredths
            of a quantity); a sum is one row of its codes.
        metric: What is measured.
        dimensions: Field to its dimension; a field without one is summed over.
        points: Data points and calculation hierarchies.

    *own* tells data points of the codes themselves from totals of the hierarchies.  A total is
    filed where it has a data point; a sum of codes must have one.

    Raises:
        NoDimensionError: The settings name no metric or no dimension.
        NoPlaceError: A sum has no data point.
    """
    if not metric or not dimensions:
        raise NoDimensionError(name="dimensions" if metric else "metric")
    fields = [name for name in FIELDS if name in dimensions]
    members = sums.with_columns(_member(name, dimensions[name]) for name in fields)
    leaves = _summed(members, metric, fields, dimensions)
    known = points.frame.select("signature", "id")
    own = leaves.join(known, on="signature", how="left", nulls_equal=False)
    _see_placed(sums, members, own.filter(pl.col("id").is_null()), metric, dimensions)
    totals = _summed(_expanded(members, fields, points), metric, fields, dimensions)
    above = totals.join(known, on="signature").join(own, on="signature", how="anti")
    every = [own.with_columns(own=True), above.with_columns(own=False)]
    return pl.concat([part.select(*_RESULT) for part in every]).sort("signature")


def signed(rows: pl.DataFrame, metric: str, dimensions: Dimensions) -> pl.Series:
    """Return the signature of every row of codes, null where a code has no member.

    Args:
        rows: Columns of `FIELDS` with national codes.
        metric: What is measured.
        dimensions: Field to its dimension.
    """
    fields = [name for name in FIELDS if name in dimensions]
    members = rows.select(_member(name, dimensions[name]) for name in fields)
    return members.select(_signature(metric, fields, dimensions)).to_series()


_RESULT = ("signature", "id", "hundredths", "own")
_MEMBER = "_member_"


def _member(field: Field, dimension: Dimension) -> pl.Expr:
    """Return the member that a code names."""
    before, _, after = dimension.member.partition("{code}")
    code = pl.col(field)
    usual = pl.lit(before) + code + pl.lit(after)
    named = (
        code.replace_strict(dimension.members, default=usual, return_dtype=pl.String)
        if dimension.members
        else usual
    )
    if dimension.empty:
        named = named.fill_null(dimension.empty)
    return named.alias(_MEMBER + field)


def _signature(metric: str, fields: Sequence[Field], dimensions: Dimensions) -> pl.Expr:
    """Return canonical signatures, null where a member is missing."""
    ordered = sorted(fields, key=lambda name: dimensions[name].dimension)
    parts = [pl.lit(f"MET({metric})")]
    for name in ordered:
        parts += [
            pl.lit(f"|{dimensions[name].dimension}("),
            pl.col(_MEMBER + name),
            pl.lit(")"),
        ]
    return pl.concat_str(parts).alias("signature")


def _summed(
    members: pl.DataFrame, metric: str, fields: Sequence[Field], dimensions: Dimensions
) -> pl.DataFrame:
    """Return one row for each combination of members, with its signature."""
    keys = [_MEMBER + name for name in fields]
    grouped = members.group_by(keys, maintain_order=True).agg(pl.col("hundredths").sum())
    return grouped.with_columns(_signature(metric, fields, dimensions))


def _expanded(
    members: pl.DataFrame, fields: Sequence[Field], points: DataPoints
) -> pl.DataFrame:
    """Return every sum once for each combination of totals that its members count in."""
    above = counted(points.nodes, points.source)
    for name in fields:
        column = _MEMBER + name
        itself = members.select(column).unique().select(member=column, total=column, factor=1)
        ways = pl.concat([itself.with_columns(pl.col("factor").cast(pl.Int64)), above])
        keys = [one for one in members.columns if one.startswith(_MEMBER)]
        joined = members.join(ways, left_on=column, right_on="member", maintain_order="left")
        members = (
            joined.with_columns(
                pl.col("total").alias(column),
                hundredths=pl.col("hundredths") * pl.col("factor"),
            )
            .group_by(keys, maintain_order=True)
            .agg(pl.col("hundredths").sum())
        )
    return members


def _see_placed(
    sums: pl.DataFrame,
    members: pl.DataFrame,
    homeless: pl.DataFrame,
    metric: str,
    dimensions: Dimensions,
) -> None:
    """Stop when a sum has no data point, naming its codes and its size."""
    if homeless.is_empty():
        return
    fields = [name for name in FIELDS if name in dimensions]
    wanted = homeless["signature"].implode()
    named = members.with_columns(_signature(metric, fields, dimensions)).filter(
        pl.col("signature").is_in(wanted) | pl.col("signature").is_null()
    )
    present = [name for name in FIELDS if name in sums.columns]
    worst = (
        named.group_by(present, maintain_order=True)
        .agg(pl.col("hundredths").sum())
        .sort(pl.col("hundredths").abs(), descending=True, maintain_order=True)
    )
    first = worst.row(0, named=True)
    raise NoPlaceError(
        count=worst.height,
        total=shown(int(worst["hundredths"].sum())),
        sum=shown(first["hundredths"]),
        more=" …" if worst.height > 1 else "",
        **{name: first.get(name) or NOTHING for name in FIELDS},
    )
