"""Abbreviations that not everybody knows."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.audit.words import Words
from kirjaamo.findings import Severity
from kirjaamo.messages import N_


@measure(
    "RQ017",
    on=("entry.text", "decision.reasons"),
    area=Area.CONTENT,
    version=1,
    title=N_("Unknown abbreviation"),
    about=N_(
        "The text has an abbreviation that is not on the list of known ones: letters with a "
        "full stop before a small letter, or a short word in capitals. Texts all in capitals "
        "are not judged."
    ),
    system=N_("Codes that the system inserts into texts look like abbreviations."),
    advice=N_("Write the word out: the client reads the text too."),
    source=N_(
        "Act 703/2023, section 19: generally known terms and abbreviations only; the list is "
        "audit/abbreviations.txt"
    ),
    severity=Severity.NOTE,
)  # fmt: skip
def judge(value: pl.Expr, *, words: Words) -> pl.Expr:
    """Return whether some abbreviation is not on the list."""
    return words.has_unknown_abbreviation(value)
