"""How sure a share is: the interval of Wilson (1927), at 95 per cent."""

import math

import polars as pl

Z = 1.959963984540054
"""The normal deviate of 95 per cent."""


def wilson(flawed: int, judged: int) -> tuple[float, float]:
    """Return the bounds of the share of *flawed* among *judged*.

    >>> [round(bound, 3) for bound in wilson(0, 10)]
    [0.0, 0.278]
    """
    share = flawed / judged
    middle = share + Z**2 / (2 * judged)
    width = Z * math.sqrt(share * (1 - share) / judged + Z**2 / (4 * judged**2))
    whole = 1 + Z**2 / judged
    return max(0.0, (middle - width) / whole), min(1.0, (middle + width) / whole)


def with_shares(counts: pl.DataFrame) -> pl.DataFrame:
    """Return counts with ``share``, ``low`` and ``high``; nothing is judged zero times."""
    pairs = zip(counts["flawed"], counts["judged"], strict=True)
    bounds = [wilson(flawed, judged) for flawed, judged in pairs]
    return counts.with_columns(
        (pl.col("flawed") / pl.col("judged")).alias("share"),
        pl.Series("low", [low for low, _ in bounds], pl.Float64),
        pl.Series("high", [high for _, high in bounds], pl.Float64),
    )


def difference(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float, float]:
    """Return the change of a share with its bounds (R. Newcombe, 1998, method 10).

    Args:
        before: Flawed and judged records then.
        after: Flawed and judged records now.

    >>> difference((20, 100), (10, 100))[0]
    -0.1
    """
    then, now = before[0] / before[1], after[0] / after[1]
    (then_low, then_high), (now_low, now_high) = wilson(*before), wilson(*after)
    change = now - then
    low = change - math.hypot(now - now_low, then_high - then)
    high = change + math.hypot(now_high - now, then - then_low)
    return change, low, high
