"""The rows of ledgers that values are sums of, as people write them."""

from collections import defaultdict
from itertools import groupby

import polars as pl


def sources(rows: pl.DataFrame | None) -> dict[str, tuple[str, ...]]:
    """Return signature to its source rows as ``file: 3-5, 9``."""
    if rows is None:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    grouped = rows.select("signature", "source", pl.col("row").cast(pl.Int64)).unique()
    keys = ["signature", "source"]
    for signature, source, numbers in (
        grouped.sort(*keys, "row").group_by(keys, maintain_order=True).agg("row").iter_rows()
    ):
        found[signature].append(f"{source}: {ranges(numbers)}")
    return {signature: tuple(texts) for signature, texts in found.items()}


def ranges(numbers: list[int]) -> str:
    """Return row numbers as people write them.

    >>> ranges([3, 4, 5, 9]).replace("\N{EN DASH}", "-")
    '3-5, 9'
    """
    parts = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        dash = f"\N{EN DASH}{members[-1]}" if len(members) > 1 else ""
        parts.append(f"{members[0]}{dash}")
    return ", ".join(parts)
