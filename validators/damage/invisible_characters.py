"""Invisible characters.

**What it checks.** Names, texts, identifiers and codes have no control characters, zero-width
characters, soft hyphens or signs that turn the direction of writing.
Line breaks and tabs are fine in texts.
Control characters that are part of text in the wrong encoding are reported by DQ002 alone.

**Why it matters.** Two values that look the same are not the same, and XML, the form of the
archive, forbids most control characters altogether.

**Example.** An identifier was copied from an e-mail with a zero-width space at its end.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import IDENTIFIERS, WORDS

INVISIBLE = (
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
)
LATIN_1 = "\u0080-\u009f\u00ad"
ALONE = f"(?:^|[^ÃÂâð\u0080-\u009f])[{LATIN_1}]"
"""Not the second or third byte of a letter in the wrong encoding."""


@column_rule(
    "DQ005",
    on=WORDS + IDENTIFIERS,
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="Extensible Markup Language (XML) 1.0, section 2.2",
    since="0.1.0",
    advice="Remove the invisible characters in the migration.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the value has characters that nobody sees."""
    suspect = pl.when(value.str.contains(f"[{INVISIBLE}{LATIN_1}]")).then(value)  # fast
    return suspect.str.contains(f"[{INVISIBLE}]|{ALONE}")
