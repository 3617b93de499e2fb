"""Text read in the wrong encoding.

**What it checks.** Names and texts have no letters that come from reading UTF-8 as Latin-1 or
Windows-1252, such as Ã¤ for ä, Ã¶ for ö, Ã¥ for å and â€“ for a dash.

**Why it matters.** Names are no longer found, and the text cannot be archived or shown to the
client as it was written.
The damage can be undone while it is even throughout the file.

**Example.** The last name Hämäläinen stands as HÃ¤mÃ¤lÃ¤inen.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.damage.kinds import WORDS

# What the bytes 80-BF become: control characters and signs in Latin-1, others in Windows-1252.
TAIL = "\u0080-\u009f" + bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")
DAMAGE = (
    f"Ã[{TAIL}]"  # ä ö å é ü
    "|Â[\u0080-\u00bf]"  # § ° and the no-break space
    f"|â[\u0080€][{TAIL}]"  # dashes and quotation marks
    "|Ä[\u008c\u008d\u0090\u0091\u0152\u2018]"  # č đ
    "|Å[\u008b\u00a1\u00a7\u00bd\u00be\u2039]"  # ŋ š ŧ ž
    "|ð[\u009f\u0178]|ï»¿|ï¿½"  # emoji, byte order mark, replacement character
)


@column_rule(
    "DQ002",
    on=WORDS,
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="Act 703/2023, section 22",
    since="0.1.0",
    advice="Read the export as UTF-8 (`encoding` in the profile), or ask the vendor for a new one.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the text was read in the wrong encoding."""
    return value.str.contains(DAMAGE)
