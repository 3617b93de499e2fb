"""Posting without a code that its account demands.

**What it checks.** A posting of an account that the settings name in `combinations` has a
service class and a sector as they demand, from its own column or from its cost centre.

**Why it matters.** The data point of such an account is told by all its codes; without one the
euros have no place.

**Example.** Salaries are posted to a cost centre that is empty.
"""

import polars as pl

from kirjaamo.finance.checking.expressions import NATIONAL, begins
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Place, table_rule


@table_rule(
    "FN013",
    on=(Place("posting.service_class"), Place("posting.sector")),
    severity=Severity.ERROR,
    basis="Reporting instructions of the State Treasury: every posting has account, service class and sector",
    since="0.1.0",
    advice="Fill the cost centre or the code in the ledger.",
)
def check(postings: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the postings that lack a code, with the field."""
    parts = [
        postings.filter(
            begins(pl.col("national_account"), one.accounts),
            pl.col(f"{field}_status") == "none",
            pl.col(NATIONAL[field]).is_null(),
        ).select(SOURCE, ROW, _field=pl.lit(field))
        for one in finance.combinations
        for field in one.fields
    ]
    nothing = postings.select(SOURCE, ROW, _field=pl.lit("")).head(0)
    return pl.concat([nothing, *parts]).unique(maintain_order=True)
