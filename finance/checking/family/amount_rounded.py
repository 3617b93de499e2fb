"""Amount with more decimals than cents.

**What it checks.** The amounts of the source have at most two decimals. Others are rounded
half away from zero.

**Why it matters.** Rounded postings need not foot any more, and a voucher may miss a cent.

**Example.** Amounts in thousands of euros have six decimals.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN022",
    on="posting.amount",
    severity=Severity.NOTE,
    basis="Amounts are filed in euros with two decimals",
    since="0.1.0",
    advice="Export the ledger in euros and cents.",
)
def check(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the postings whose amount was rounded."""
    return postings.filter("rounded").select(SOURCE, ROW)
