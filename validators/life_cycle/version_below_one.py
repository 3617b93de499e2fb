"""Version number below one.

**What it checks.** The version number of a document is 1 or more.

**Why it matters.** The national archive counts versions from 1, and the receiver puts versions in
order by their number.

**Example.** The old system counts from zero, so the first version of every document is 0.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule


@column_rule(
    "LC022",
    on="document.version",
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="HL7 CDA R2, versionNumber",
    since="0.1.0",
    advice="Renumber the versions of the document from 1 in the migration.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the version number is below one."""
    return value < 1
