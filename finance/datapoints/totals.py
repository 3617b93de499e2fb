"""Which totals a member counts in, and with which sign."""

import polars as pl

from kirjaamo.finance.datapoints.errors import DataPointsError
from kirjaamo.messages import N_

DEEPEST = 30
"""Levels of totals above one another; more are a circle."""


def counted(nodes: pl.DataFrame, source: str) -> pl.DataFrame:
    """Return ``member, total, factor``: every member in all totals above it.

    A total that need not equal the sum of its parts is none that they count in.

    Args:
        nodes: Parts of totals; see `kirjaamo.finance.datapoints.NODES`.
        source: The file that they are of, for errors.

    Raises:
        DataPointsError: A total counts in itself.
    """
    step = nodes.filter(pl.col("operator") == "=").select(
        "member", total="parent", factor=pl.col("sign").cast(pl.Int64)
    )
    found, level = [step], step
    while level.height:
        if len(found) > DEEPEST:
            raise DataPointsError(file=source, reason=N_("a total counts in itself"))
        level = (
            level.join(step, left_on="total", right_on="member", suffix="_above")
            .select(
                "member", total="total_above", factor=pl.col("factor") * pl.col("factor_above")
            )
            .unique(maintain_order=True)
        )
        found.append(level)
    return pl.concat(found).unique(["member", "total"], keep="first", maintain_order=True)
