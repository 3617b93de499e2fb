"""Amount that cannot be read.

**What it checks.** The amount of every posting is a number in a Finnish form: with a decimal
comma, thousands apart by spaces or points, a minus on either side, or parentheses. Scientific
form and numbers that can be read in two ways are not read.

**Why it matters.** A posting without an amount is missing from every sum, and no filing is
made while there is one.

**Example.** `1,5E+05` stands where a spreadsheet has shortened 150 000.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN001",
    on="posting.amount",
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="Decree 462/2022, section 2: a data set with an error is delivered anew",
    since="0.1.0",
    advice="Export the ledger again with all digits, or state in the source profile how it writes amounts.",
)
def check(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the postings without an amount."""
    return postings.filter(pl.col("cents").is_null()).select(SOURCE, ROW)
