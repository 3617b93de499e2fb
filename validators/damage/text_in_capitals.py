"""Long text in capitals only.

**What it checks.** A long text has small letters too.

**Why it matters.** Text in capitals is hard to read, and names and abbreviations can no longer be
told apart.
It comes from systems that knew no small letters, or from a locked key.

**Example.** ASIAKAS ON MUUTTANUT UUTEEN ASUNTOON JA TARVITSEE KOTIPALVELUA KAKSI KERTAA VIIKOSSA.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, column_rule
from kirjaamo.validators.damage.kinds import TEXTS


@column_rule(
    "DQ016",
    on=TEXTS,
    severity=Severity.NOTE,
    basis="Act 703/2023, section 19",
    since="0.1.0",
    advice="Write in small letters; leave old texts as they are.",
    settings=(
        Setting(
            "characters", 40, "Length up to which a text may be in capitals only",
            "Kirjaamo's own default: headings and abbreviations are shorter",
        ),
    ),
)  # fmt: skip
def check(value: pl.Expr, *, characters: int) -> pl.Expr:
    """Return whether a text of more than *characters* has capitals only."""
    long = value.str.len_chars() > characters
    return long & value.str.contains("[A-ZÅÄÖ]") & ~value.str.contains("[a-zà-öø-ÿ]")
