"""Sums and comparisons that the calculation hierarchies state, over all facts at once.

A rule is a total, an operator and its parts.  It speaks wherever its total is filed, for every
dimension and every combination of the other members; a part that is not filed counts as nought.
Where a total is broken down in several ways, a way of which no part is filed says nothing.
Only amounts and counts are summed: metrics whose code begins with ``m`` or ``i``.  Facts of other
periods or units are never summed together.  Source: the DPM database's ``UnaryOperator`` and
``ComparisonOperator``; kinds of metrics as the State Treasury's taxonomy generator names them.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.errors import DataPointsError
from kirjaamo.messages import N_

VERDICTS: Final = pl.Schema(
    {
        "signature": pl.String,  # the total
        "period": pl.String,
        "metric": pl.String,
        "dimension": pl.String,  # the dimension whose members are summed
        "total": pl.String,  # the member that is the total
        "operator": pl.String,
        "state": pl.String,  # see `STATES`
    }
)
"""What a rule says of one total."""

STATES: Final = ("holds", "rounding", "fails")
"""*rounding*: a sum is off by no more than the tolerance."""

NUMBER: Final = pl.Decimal(38, 10)
_METRIC: Final = r"^MET\(([^)]+)\)"
_SUMMED: Final = r"^(?:[^:]*:)?[mi]"
_KEY: Final = ("rest", "period", "unit", "dimension", "total", "hierarchy", "operator")


def verdicts(
    facts: pl.DataFrame, points: DataPoints, tolerance: Decimal = Decimal(0)
) -> pl.DataFrame:
    """Return what every rule says of every total that is filed; see `VERDICTS`.

    Args:
        facts: See `kirjaamo.finance.facts.SCHEMA`.
        points: Data points with calculation hierarchies.
        tolerance: How much a sum may be off to be called a gap of rounding.

    Raises:
        DataPointsError: There are no calculation hierarchies.
    """
    if points.nodes.is_empty():
        reason = N_("it has no calculation hierarchies")
        raise DataPointsError(file=points.source, reason=reason)
    members = _members(facts)
    nodes = points.nodes.rename({"parent": "total"})
    ways = nodes.select("total", "hierarchy", "operator").unique()
    ways = ways.with_columns(several=pl.len().over("total", "operator") > 1)
    counted = members.join(nodes, on="member")
    sums = counted.group_by(_KEY).agg(
        sum=(pl.col("number") * pl.col("sign").cast(NUMBER)).sum()
    )
    totals = members.rename({"member": "total"}).join(ways, on="total")
    judged = totals.join(sums, on=_KEY, how="left").filter(
        pl.col("sum").is_not_null() | ~pl.col("several")
    )
    gap = pl.col("number") - pl.col("sum").fill_null(0)
    state = _state(gap, tolerance)
    told = judged.with_columns(state=state).select(VERDICTS.names())
    return told.sort(*VERDICTS.names())


def _members(facts: pl.DataFrame) -> pl.DataFrame:
    """Return every numeric fact once for each of its dimensions, with what else it is of."""
    metric = pl.col("signature").str.extract(_METRIC)
    number = pl.col("value").cast(NUMBER, strict=False)
    numeric = (
        facts.filter(pl.col("unit") != "")
        .with_columns(metric=metric, number=number)
        .filter(pl.col("metric").str.contains(_SUMMED), pl.col("number").is_not_null())
        .with_columns(parts=pl.col("signature").str.split("|"))
    )
    most = numeric.select(pl.col("parts").list.len().max()).item() or 0
    return pl.concat(_of_place(numeric, place) for place in range(1, max(most, 2)))


def _of_place(numeric: pl.DataFrame, place: int) -> pl.DataFrame:
    """Return the members of one place of the signatures, and what the rest says."""
    parts = pl.col("parts")
    part = parts.list.get(place)
    dimension = part.str.extract(r"^([^(]+)\(")
    others = parts.list.head(place).list.concat(parts.list.slice(place + 1))
    return numeric.filter(parts.list.len() > place).select(
        "signature", "period", "unit", "metric", "number",
        dimension=dimension,
        member=part.str.extract(r"\((.*)\)$"),
        rest=others.list.join("|"),
    )  # fmt: skip


def _state(gap: pl.Expr, tolerance: Decimal) -> pl.Expr:
    """Return what a gap means for each operator."""
    close = gap.abs() <= pl.lit(tolerance, NUMBER)
    holds = (
        pl.when(pl.col("operator") == "=").then(gap == 0)
        .when(pl.col("operator") == "<=").then(gap <= 0)
        .when(pl.col("operator") == ">=").then(gap >= 0)
        .when(pl.col("operator") == "<").then(gap < 0)
        .when(pl.col("operator") == ">").then(gap > 0)
    )  # fmt: skip
    rounded = (pl.col("operator") == "=") & close
    return (
        pl.when(holds).then(pl.lit(STATES[0]))
        .when(rounded).then(pl.lit(STATES[1]))
        .otherwise(pl.lit(STATES[2]))
    )  # fmt: skip


def counts(found: pl.DataFrame) -> Mapping[str, int]:
    """Return how many verdicts there are of each state."""
    told = dict(found["state"].value_counts().iter_rows())
    return {state: int(told.get(state, 0)) for state in STATES}


def homeless(facts: pl.DataFrame, points: DataPoints) -> pl.DataFrame:
    """Return the facts that have no cell in any table of the taxonomy.

    A fact whose metric and dimensions are those of an open data point is taken to be one of it.
    """
    bare = facts.with_columns(
        signature=pl.col("signature").str.replace_all(r"\(=[^)]*\)", "(*)")
    )
    lost = bare.join(points.frame.select("signature"), on="signature", how="anti")
    if lost.is_empty() or not points.frame["open"].any():
        return lost
    shape = pl.col("signature").str.replace_all(r"\|([^(|]+)\([^()|]*\)", "|${1}")
    opened = points.frame.filter("open").select(shape.alias("shape")).unique()
    return lost.with_columns(shape=shape).join(opened, on="shape", how="anti").drop("shape")
