"""Ligatures and letters in two parts.

**What it checks.** Names and texts have no ligature characters (ﬁ, ﬂ), no letters written as a base
letter and a separate accent although one character exists, no full-width Latin letters, and no Ɵ,
Ʃ or ƫ, which come from the ligatures of some fonts.

**Why it matters.** The text looks right but does not match: a name is not found, a word is not
counted, and the same person seems to be two.

**Example.** The ä of Hämäläinen is an a followed by two dots of its own, copied from a PDF file.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import WORDS

ODD = "\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5aƟƩƫ"
MARKS = "\u0300-\u0303\u0308\u030a\u030c"
SPLIT = (
    "[AEIOUYaeiouy][\u0300-\u0302\u0308]"  # grave, acute, circumflex, two dots
    "|[AUau]\u030a|[ANOano]\u0303|[CSZcsz]\u030c"  # ring, tilde, caron
)


@column_rule(
    "DQ004",
    on=WORDS,
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="Unicode Standard Annex 15, Unicode Normalization Forms",
    since="0.1.0",
    advice="Normalise the text to composed characters (NFC) in the migration.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the text has ligatures or letters in two parts."""
    suspect = pl.when(value.str.contains(f"[{ODD}{MARKS}]")).then(value)  # fast over long texts
    return suspect.str.contains(f"[{ODD}]|{SPLIT}")
