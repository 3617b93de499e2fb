"""Service class that is not in force.

**What it checks.** The service class of a posting, after the mapping, was in force on the last
day of its period.

**Why it matters.** Lists change with the year, and the taxonomy of a year has no place for the
codes of another.

**Example.** Class 2121 is used in 2025, and the list says that it ended with 2022.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.finance.checking.expressions import expired
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "FN011",
    on="posting.service_class",
    severity=Severity.ERROR,
    basis="Decree 488/2022 of the Ministry of Finance, section 2: the code lists as published on a day",
    since="0.1.0",
    advice="Map the local code to a code that is in force.",
)
def check(postings: pl.LazyFrame, *, codes: Codes, finance: Finance) -> pl.LazyFrame:
    """Return the postings whose service class is not in force."""
    return expired(postings, codes, finance, "service_class")
