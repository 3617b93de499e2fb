"""Number or yes-or-no value that cannot be read.

**What it checks.** Every number, amount and yes-or-no value that stands in the source can be read
in the form that the profile names.
The error values of spreadsheets are reported by DQ014 alone.

**Why it matters.** An amount that cannot be read falls out of the sums, and a mark that cannot be
read is neither yes nor no.

**Example.** The amount 1 200,50 is fine when the profile says decimal comma; 1.200,5O with a letter
O is not.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import ERROR_VALUE, NUMBERS


@column_rule(
    "DQ008",
    on=NUMBERS,
    severity=Severity.ERROR,
    basis="Kirjaamo's record model",
    since="0.1.0",
    advice="Correct the value, or name its form or words in the profile of the system.",
)
def check(value: pl.Expr, value_raw: pl.Expr) -> pl.Expr:
    """Return whether there is text but no number or mark."""
    return value.is_null() & ~value_raw.str.contains(ERROR_VALUE)
