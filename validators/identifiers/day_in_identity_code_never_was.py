"""Personal identity code for a day that never was.

**What it checks.** The first six digits of a personal identity code, with the century of its
separator, are a day of the calendar. Only codes that have the form of an identity code (ID001,
ID016) are looked at.

**Why it matters.** Nobody was born on 31 February: a digit was mistyped, or the code was
invented in place of an unknown one.

**Example.** `310290-9992` says 31 February 1990; `290200-999J` says 29 February 1900, which was
no leap year.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.identifiers import expressions as identity


@column_rule(
    "ID005",
    on="client.identity_code",
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Correct the identity code, or give a temporary identifier if it is not known.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where a well-formed code names a day outside the calendar."""
    return identity.well_formed(value) & ~identity.day_exists(value)
