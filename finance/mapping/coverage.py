"""How many euros are mapped, and what the rest waits for."""

from typing import Final

import polars as pl

from kirjaamo.finance.mapping.applying import CODES
from kirjaamo.finance.postings import as_euros
from kirjaamo.messages import N_

WORDS: Final = (
    N_("approved"), N_("national"), N_("unmappable"), N_("waiting"), N_("proposed"),
    N_("rejected"), N_("missing"), N_("none"),
)  # fmt: skip


def coverage(mapped: pl.DataFrame) -> pl.DataFrame:
    """Return, field by field and state by state, how much there is.

    Columns: ``field, status, reason, codes, postings, net, gross, per_cent``.  *net* is debit
    less credit in euros, *gross* the sum of all amounts without signs, and *per_cent* the share
    of the gross sum.
    """
    return pl.concat(_of_field(mapped, field) for field, _, _ in CODES)


def _of_field(mapped: pl.DataFrame, field: str) -> pl.DataFrame:
    local = {"account": "account"}.get(field, "cost_centre")
    whole = max(int(mapped["cents"].abs().sum() or 0), 1)
    grouped = (
        mapped.group_by(status=f"{field}_status", reason=f"{field}_reason")
        .agg(
            codes=pl.coalesce(field, local).n_unique(),
            postings=pl.len(),
            net=pl.col("cents").sum(),
            gross=pl.col("cents").abs().sum(),
        )
        .sort("gross", "status", "reason", descending=[True, False, False])
    )
    return grouped.select(
        pl.lit(field).alias("field"),
        "status",
        "reason",
        "codes",
        "postings",
        as_euros(pl.col("net")).alias("net"),
        as_euros(pl.col("gross")).alias("gross"),
        per_cent=(pl.col("gross") * 100 / whole).round(2),
    )
