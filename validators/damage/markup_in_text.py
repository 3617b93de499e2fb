r"""Mark-up in text.

**What it checks.** Names and texts hold no HTML tags, no HTML character references such as &auml;
and no RTF codes.

**Why it matters.** The codes of an old editor are not part of what was recorded.
The archive and the client's own view show them as they are, and words are not found.

**Example.** The text of a decision begins with \rtf1\ansi or holds &nbsp; between words.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import WORDS

MARKUP = (
    r"(?i)</?(?:a|b|body|br|div|em|font|h[1-6]|html|i|img|li|ol|p|span|strong|table|tbody|td|th|tr|u"
    r"|ul)(?:[ \t\r\n][^<>]*)?/?>"
    r"|&(?:nbsp|amp|lt|gt|quot|apos|auml|ouml|aring|ndash|mdash|rdquo|ldquo|rsquo|lsquo|hellip);"
    r"|&#x?[0-9a-f]{2,5};"
    r"|\{\\rtf|\\pard?(?-u:\b)|\\'[0-9a-f]{2}"
)


@column_rule(
    "DQ013",
    on=WORDS,
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="Act 703/2023, section 19",
    since="0.1.0",
    advice="Turn the mark-up into plain text in the migration.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the text has mark-up of HTML or RTF."""
    return value.str.contains(MARKUP)
