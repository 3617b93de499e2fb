"""Number of a municipality that has lost its zeros.

**What it checks.** The number of a municipality has three digits; one or two digits mean that
the zeros in front are gone.

**Why it matters.** `49` is not found in the list. A spreadsheet drops the zeros as soon as the
column counts as numbers.

**Example.** `49` should be `049`, Espoo.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule, each
from kirjaamo.validators.classification.expressions import MUNICIPALITY


@column_rule(
    "CL012",
    on=each(lambda field: field.code_system == MUNICIPALITY),
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="Code list VRK/THL - Kuntakoodit, 1.2.246.537.6.21",
    since="0.1.0",
    advice="Fill the number up with zeros to three digits; a repair can do it.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where the number has one or two digits."""
    return value.str.contains(r"^[0-9]{1,2}$")
