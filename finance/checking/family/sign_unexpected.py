"""Sum with the wrong sign.

**What it checks.** The sum of the year of an account and a service class has the sign that its
data point expects: costs positive, or income positive, as `signs` in the settings says account
by account.

**Why it matters.** A cost with a minus lowers the costs of the whole organisation twice over.

**Example.** A correction was posted with debit and credit exchanged, and a class has negative
rents.
"""

import polars as pl

from kirjaamo.finance.checking.expressions import either, filed, foremost
from kirjaamo.finance.postings import as_euros
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN014",
    on="posting.amount",
    severity=Severity.WARNING,
    basis="The names of the data points, which state their signs",
    since="0.1.0",
    advice="Look at the postings of the account and the class; correct them, or allow both signs in the settings.",
)
def check(postings: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the largest posting against the sign of each sum that has the wrong one."""
    key = ["national_account", "national_class"]
    signed = postings.filter(
        pl.col("national_account").is_not_null(), ~either(finance)
    ).with_columns(filed=pl.col("cents") * filed(finance))
    sums = signed.group_by(key, maintain_order=True).agg(sum=pl.col("filed").sum())
    against = foremost(sums.filter(pl.col("sum") < 0), signed.filter(pl.col("filed") < 0), key)
    return against.select(
        SOURCE,
        ROW,
        account="national_account",
        service_class="national_class",
        sum=as_euros(pl.col("sum")),
    )
