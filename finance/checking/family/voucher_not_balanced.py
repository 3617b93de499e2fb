"""Voucher whose debit and credit differ.

**What it checks.** The debits and credits of every document number are equal. Vouchers with an
amount that cannot be read belong to FN001.

**Why it matters.** Half an entry is a sum that has come from nowhere or has gone nowhere.

**Example.** A purchase of 100,00 is posted to costs and 10,00 to payables.
"""

import polars as pl

from kirjaamo.finance.postings import as_euros
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN004",
    on="posting.document_no",
    severity=Severity.ERROR,
    basis="Double-entry bookkeeping: the debits and credits of an entry are equal",
    since="0.1.0",
    advice="Correct the voucher in the ledger and export again.",
)
def check(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the first posting of each voucher that does not balance, with the gap."""
    vouchers = (
        postings.filter(pl.col("document_no").is_not_null())
        .group_by("system", "document_no", maintain_order=True)
        .agg(
            pl.col(SOURCE, ROW).first(),
            pl.col("cents").sum(),
            whole=pl.col("cents").is_not_null().all(),
        )
        .filter(pl.col("cents") != 0, "whole")
    )
    return vouchers.select(SOURCE, ROW, gap=as_euros(pl.col("cents")))
