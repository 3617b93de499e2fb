"""Local code without a national code.

**What it checks.** Where the profile of a system translates its local codes into national ones,
every code that stands in the source has a translation. A code that is empty is not a finding of
this rule.

**Why it matters.** A local code means something in one system only: until it is translated, the
record counts as one without a code, and it cannot be moved or archived.

**Example.** The profile translates LS into 10 and VP into 20, and a row says PH.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import NATIONAL


@column_rule(
    "CL006",
    on=NATIONAL,
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="The national code list of the field",
    since="0.1.0",
    advice="Add the local code and its national one to the values of the column in the profile.",
)
def check(value: pl.Expr, value_raw: pl.Expr) -> pl.Expr:
    """Break where something stands in the source and no national code came of it."""
    return value.is_null() & value_raw.is_not_null()
