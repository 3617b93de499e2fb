"""Service class that is not in the list.

**What it checks.** The service class of a posting, after the mapping, stands in the code list
of the settings. The rule runs where the list is complete; a list that is known only in part
belongs to FN021.

**Why it matters.** There is no data point for an unknown code, and its euros would have no
place.

**Example.** The mapping gives class 2199, and the list has none.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.finance.checking.expressions import unknown
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "FN010",
    on="posting.service_class",
    severity=Severity.ERROR,
    basis="Decree 488/2022 of the Ministry of Finance, section 2: the code lists as published on a day",
    since="0.1.0",
    advice="Correct the mapping, or import the list that is in force.",
)
def check(postings: pl.LazyFrame, *, codes: Codes, finance: Finance) -> pl.LazyFrame:
    """Return the postings whose service class is not in the list."""
    return unknown(postings, codes, finance, "service_class")
