"""Row without its key.

**What it checks.** The field that identifies a row is not empty.

**Why it matters.** A row without its key cannot be linked, moved, reconciled or found again, and
the migration holds it back.

**Example.** A decision has no decision id, because the export joined two lists that did not match.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule, each


@column_rule(
    "DQ015",
    on=each(lambda field: field.key),
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="Kirjaamo's record model",
    since="0.1.0",
    advice="Export the row again with its identifier.",
)
def check(value_raw: pl.Expr) -> pl.Expr:
    """Return whether the key is empty."""
    return value_raw.is_null()
