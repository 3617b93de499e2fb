"""Posting outside the financial year.

**What it checks.** The period of every posting lies in the year that is filed.

**Why it matters.** Sums of a year with the postings of another are wrong, though every voucher
balances.

**Example.** The export of 2025 holds postings of December 2024.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN003",
    on="posting.period",
    severity=Severity.ERROR,
    basis="Decree 462/2022, section 3: the periods that are reported",
    since="0.1.0",
    advice="Export the year alone, or name the year that is meant.",
)
def check(postings: pl.LazyFrame, *, year: int) -> pl.LazyFrame:
    """Return the postings of another year."""
    other = pl.col("period").str.slice(0, 4) != str(year)
    return postings.filter(other).select(SOURCE, ROW)
