"""Sub-total that is not the sum of its rows.

**What it checks.** A row that sums others states the sum of the postings of its file whose
accounts begin alike, and whose period, cost centre, service class and sector are the same
where the sub-total states them. Gaps of rounding belong to FN007.

**Why it matters.** Either a posting is missing from the export or the sub-total was typed by
hand.

**Example.** The row `43**` says 1 250 000,00, and its postings make 1 205 000,00.
"""

import polars as pl

from kirjaamo.finance.checking.expressions import in_cents
from kirjaamo.finance.checking.footing import gaps
from kirjaamo.finance.postings import as_euros
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN006",
    on="posting.amount",
    severity=Severity.ERROR,
    basis="Decree 462/2022, section 2: a data set with an error is delivered anew",
    since="0.1.0",
    advice="Export the ledger again; do not edit an export by hand.",
)
def check(postings: pl.LazyFrame, subtotals: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the sub-totals that differ by more than a gap of rounding."""
    wrong = pl.col("gap").abs() > in_cents(finance.footing)
    found = gaps(postings, subtotals).filter(wrong)
    return found.select(SOURCE, ROW, gap=as_euros(pl.col("gap")))
