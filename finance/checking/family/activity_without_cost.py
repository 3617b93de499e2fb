"""Service class with activity and no costs.

**What it checks.** A service class with a quantity in the file of activities has postings of
costs.

**Why it matters.** The clients of a class cost something; the costs are most often in another
class.

**Example.** A class has 120 clients, and its costs are posted to the class above it.
"""

import polars as pl

from kirjaamo.finance.checking.expressions import filed
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN018",
    on="posting.service_class",
    severity=Severity.WARNING,
    basis="The settings of the organisation, [finance] in kirjaamo.toml",
    since="0.1.0",
    advice="Map the cost centres of the class, or correct the activities.",
)
def check(postings: pl.LazyFrame, activity: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the rows of the activities whose class has no costs."""
    costs = postings.filter(filed(finance) == 1, pl.col("cents") != 0)
    return (
        activity.filter(pl.col("quantity") > 0)
        .join(costs, left_on="service_class", right_on="national_class", how="anti")
        .select(SOURCE, ROW, "service_class")
    )
