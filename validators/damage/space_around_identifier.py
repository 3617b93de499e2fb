"""White space around an identifier or code.

**What it checks.** Identifiers and codes neither begin nor end with white space, no-break space
included.

**Why it matters.** “A12” and “A12 ” look alike and are two different identifiers: rows do not find
the client or the matter that they belong to, and codes are not found in their list.

**Example.** A system with fields of fixed width exports every code filled up with spaces.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import IDENTIFIERS

SPACE = "[ \\t\\r\\n\u00a0\u2000-\u200a\u202f\u3000]"


@column_rule(
    "DQ011",
    on=IDENTIFIERS,
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="Kirjaamo's record model",
    since="0.1.0",
    advice="Strip the white space in the export or in the migration.",
)
def check(value_raw: pl.Expr) -> pl.Expr:
    return value_raw.str.contains(f"^{SPACE}|{SPACE}$")
