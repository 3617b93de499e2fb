"""Words that say nothing."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.audit.words import Words
from kirjaamo.findings import Severity
from kirjaamo.messages import N_


@measure(
    "RQ016",
    on=("entry.text", "decision.reasons"),
    area=Area.CONTENT,
    version=1,
    title=N_("Word to avoid"),
    about=N_(
        "The text has a word of the list of words to avoid. Each word of the list has its "
        "source; a list of your own can be added."
    ),
    system=N_("Ready-made phrases of the system may hold such words."),
    advice=N_("Say it directly: who did what."),
    source=N_("Kansa-koulu workbook 2; the list is audit/words_to_avoid.csv"),
    severity=Severity.NOTE,
)  # fmt: skip
def judge(value: pl.Expr, *, words: Words) -> pl.Expr:
    """Return whether some word of the list stands in the text."""
    return value.str.contains(words.avoided_pattern)
