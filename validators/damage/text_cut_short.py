"""Text cut short at a system limit.

**What it checks.** A text whose length is exactly a common limit of systems ends like a sentence:
with a full stop, another end mark, a closing bracket or a quotation mark.

**Why it matters.** Old systems cut long texts without a word, often in the middle of the reasons
of a decision.
The rest may still be in the old database, but only as long as it runs.

**Example.** The reasons are exactly 2000 characters long and end in “because the cli”.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Setting, column_rule
from kirjaamo.validators.damage.kinds import TEXTS

ENDS = tuple(".!?:)]}\"'\u2026\u201d\u2019\u00bb")


@column_rule(
    "DQ012",
    on=TEXTS,
    severity=Severity.NOTE,
    cause=Cause.SYSTEM,
    basis="Act 703/2023, section 22",
    since="0.1.0",
    advice="Look up the whole text in the old system and export it without a limit.",
    settings=(
        Setting(
            "lengths", "255, 256, 1000, 2000, 4000",
            "Lengths in characters at which systems cut texts", "common widths of database columns",
        ),
    ),
)  # fmt: skip
def check(value: pl.Expr, *, lengths: str) -> pl.Expr:
    """Return whether the text has one of the *lengths* and no end of a sentence."""
    limits = [int(length) for length in lengths.split(",")]
    return value.str.len_chars().is_in(limits) & ~value.str.tail(1).is_in(ENDS)
