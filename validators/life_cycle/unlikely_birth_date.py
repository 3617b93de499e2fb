"""Unlikely birth date.

**What it checks.** The birth date is not after the day of the check, and nobody without a day
of death was born longer ago than people live.

**Why it matters.** Age decides on services, on the rights of minors and on retention times.
Very old birth dates are often a placeholder such as 1 January 1900, or a death that was never
recorded.

**Example.** The birth date is 1 January 1900, there is no day of death, and the check is made
in 2024.
"""

import datetime as dt

import polars as pl
from dateutil.relativedelta import relativedelta

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, column_rule


@column_rule(
    "LC018",
    on="client.birth_date",
    severity=Severity.WARNING,
    basis="Act 703/2023, section 38 and annex",
    since="0.1.0",
    advice="Check the birth date, and record the day of death if the client has died.",
    settings=(
        Setting(
            "years", 120, "Years from birth after which a day of death is expected",
            "Act 703/2023, annex: retention of 120 years from birth when the death is unknown",
        ),
    ),
)  # fmt: skip
def check(value: pl.Expr, death_date_raw: pl.Expr, *, as_of: dt.date, years: int) -> pl.Expr:
    """Return whether the birth lies ahead or, without a death, too far back."""
    too_old = value < as_of - relativedelta(years=years)
    return (value > as_of) | (too_old & death_date_raw.is_null())
