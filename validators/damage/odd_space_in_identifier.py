"""Odd white space in an identifier or code.

**What it checks.** Identifiers and codes hold no line breaks, tabs, no-break spaces or other
wide or narrow spaces, nor two spaces in a row.
White space around a value is stripped when the source is read and does no harm.

**Why it matters.** “A 12” with a space and “A 12” with a no-break space look alike and are two
different identifiers: rows do not find the client or the matter that they belong to, and codes
are not found in their list.

**Example.** The code was copied from a web page, and a no-break space came along.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import IDENTIFIERS

ODD_SPACE = " {2}|[\\t\\r\\n\u00a0\u2000-\u200a\u202f\u3000]"


@column_rule(
    "DQ011",
    on=IDENTIFIERS,
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="Kirjaamo's record model",
    since="0.1.0",
    advice="Remove the white space in the export or in the migration.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the identifier has white space other than single spaces."""
    return value.str.contains(ODD_SPACE)
