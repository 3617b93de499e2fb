"""Service class with costs and no activity.

**What it checks.** A service class with a sum of costs has a quantity in the file of
activities of the settings.

**Why it matters.** Costs by unit are counted from both; a class with costs and no clients is
most often a wrong class.

**Example.** Costs of a class are 300 000, and nobody has been counted as its client.
"""

import polars as pl

from kirjaamo.finance.checking.expressions import filed, foremost
from kirjaamo.finance.postings import as_euros
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN017",
    on="posting.service_class",
    severity=Severity.WARNING,
    basis="The settings of the organisation, [finance] in kirjaamo.toml",
    since="0.1.0",
    advice="Complete the activities, or correct the service class of the cost centre.",
)
def check(postings: pl.LazyFrame, activity: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the largest cost of each class without a quantity."""
    key = ["national_class"]
    costs = postings.filter(pl.col("national_class").is_not_null(), filed(finance) == 1)
    sums = costs.group_by(key, maintain_order=True).agg(sum=pl.col("cents").sum())
    counted = activity.filter(pl.col("quantity") > 0)
    lacking = sums.filter(pl.col("sum") != 0).join(
        counted, left_on="national_class", right_on="service_class", how="anti"
    )
    return foremost(lacking, costs, key).select(
        SOURCE, ROW, service_class="national_class", sum=as_euros(pl.col("sum"))
    )
