"""Month whose debit and credit differ.

**What it checks.** The postings without a document number balance in every source and period,
opening balances among themselves.

**Why it matters.** Without document numbers nothing smaller can be tested; a month that does
not balance has lost or doubled a row.

**Example.** The opening balances of an export lack one account.
"""

import polars as pl

from kirjaamo.finance.postings import as_euros
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN005",
    on="posting.amount",
    severity=Severity.WARNING,
    basis="Double-entry bookkeeping: the debits and credits of an entry are equal",
    since="0.1.0",
    advice="Export every account of the ledger, and the document numbers with them.",
)
def check(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the first posting of each month that does not balance, with the gap."""
    months = (
        postings.filter(pl.col("document_no").is_null(), pl.col("period").is_not_null())
        .group_by(SOURCE, "period", maintain_order=True)
        .agg(
            pl.col(ROW).first(),
            pl.col("cents").sum(),
            whole=pl.col("cents").is_not_null().all(),
        )
        .filter(pl.col("cents") != 0, "whole")
    )
    return months.select(SOURCE, ROW, gap=as_euros(pl.col("cents")))
