"""Date of birth that differs from the personal identity code.

**What it checks.** The first six digits of a personal identity code are the day, month and year
within the century of birth; they must agree with the recorded date of birth. The rule looks at
codes without fault in themselves (ID001, ID002, ID005, ID016). A wrong century belongs to
ID003. The individual number is never read as the person's sex.

**Why it matters.** One of the two is wrong: the record may belong to another person, and ages,
service tasks and retention periods are counted from a wrong day.

**Example.** The identity code `100190-999P` and the date of birth 11 January 1990 disagree.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.identifiers import expressions as identity


@column_rule(
    "ID004",
    on="client.birth_date",
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Check in the population information system which of the two is right.",
)
def check(value: pl.Expr, identity_code: pl.Expr) -> pl.Expr:
    """Break where the code is sound and its six digits are another day."""
    return identity.holds(identity_code) & ~identity.same_day(identity_code, value)
