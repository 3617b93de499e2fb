"""Sub-total with a gap of rounding.

**What it checks.** A sub-total differs from its rows by no more than a euro, or what `footing`
in the settings says.

**Why it matters.** The gap is tolerated; it is told so that nobody looks for it later.

**Example.** A sub-total in thousands of euros was rounded and its rows were rounded too.
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
    "FN007",
    on="posting.amount",
    severity=Severity.NOTE,
    basis="The settings of the organisation, [finance] in kirjaamo.toml",
    since="0.1.0",
    advice="Nothing; the sum of the postings is filed.",
)
def check(postings: pl.LazyFrame, subtotals: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the sub-totals that differ, but by no more than a gap of rounding."""
    size = pl.col("gap").abs()
    small = (size > 0) & (size <= in_cents(finance.footing))
    found = gaps(postings, subtotals).filter(small)
    return found.select(SOURCE, ROW, gap=as_euros(pl.col("gap")))
