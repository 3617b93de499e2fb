"""Date that cannot be read.

**What it checks.** Every date that stands in the source is a day of the calendar in one of the
forms that the profile names.
The error values of spreadsheets are reported by DQ014 alone.

**Why it matters.** A date that cannot be read is no date: time limits, retention times and the
order of events cannot be told, and every other rule takes the date as missing.

**Example.** 30.2.2023, 2023-13-01, spring 2019.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import DATES, ERROR_VALUE


@column_rule(
    "DQ006",
    on=DATES,
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Correct the date, or name its form in the profile of the system.",
)
def check(value: pl.Expr, value_raw: pl.Expr) -> pl.Expr:
    """Return whether there is text but no date."""
    return value.is_null() & ~value_raw.str.contains(ERROR_VALUE)
