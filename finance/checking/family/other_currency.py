"""Posting in another currency.

**What it checks.** Every posting is in euros. A posting without a currency is taken to be in
euros.

**Why it matters.** A sum of two currencies is no sum.

**Example.** An invoice of a Swedish producer is posted in kronor.
"""

import polars as pl

from kirjaamo.finance.postings import EURO
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN019",
    on="posting.currency",
    severity=Severity.ERROR,
    basis="Filings of financial data have one unit, the euro",
    since="0.1.0",
    advice="Convert the posting in the ledger.",
)
def check(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the postings that are not in euros."""
    return postings.filter(pl.col("currency") != EURO).select(SOURCE, ROW)
