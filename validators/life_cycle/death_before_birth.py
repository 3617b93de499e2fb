"""Death before birth.

**What it checks.** The day of death is not before the day of birth.

**Why it matters.** The retention of many records is counted from birth or death, so a wrong
day destroys them too early or keeps them too long.

**Example.** Born on 2 May 1950 and dead on 2 May 1905: two digits changed places.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule


@column_rule(
    "LC017",
    on="client.death_date",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38 and annex",
    since="0.1.0",
    advice="Check both days from the population information system.",
)
def check(value: pl.Expr, birth_date: pl.Expr) -> pl.Expr:
    """Return whether death is before birth."""
    return value < birth_date
