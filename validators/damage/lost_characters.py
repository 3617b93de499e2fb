"""Characters lost in a conversion.

**What it checks.** Names and texts have no replacement character (�), the sign of a character that
some program could not read.

**Why it matters.** Unlike text in the wrong encoding, this damage cannot be undone: what stood
there is gone and must be fetched from the old system or the paper.

**Example.** The last name Mäkelä stands as M�kel�.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import WORDS


@column_rule(
    "DQ003",
    on=WORDS,
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="Act 703/2023, section 22",
    since="0.1.0",
    advice="Export the row again from the old system in UTF-8.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the text has a replacement character."""
    return value.str.contains("\ufffd", literal=True)
