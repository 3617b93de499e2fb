"""Period that cannot be read.

**What it checks.** The period of every posting is a year and a month from 01 to 12, or month
00 for an opening balance.

**Why it matters.** Nobody can tell which report the posting belongs to.

**Example.** `2025-13` stands where the ledger has a thirteenth period for closing entries.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN002",
    on="posting.period",
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="Decree 462/2022, section 3: the periods that are reported",
    since="0.1.0",
    advice="Move the posting to a month, or state in the source profile how periods are written.",
)
def check(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the postings without a period."""
    return postings.filter(pl.col("period").is_null()).select(SOURCE, ROW)
