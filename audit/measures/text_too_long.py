"""Entries that are too long to be read in passing."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting


@measure(
    "RQ014",
    on="entry.text",
    area=Area.CONTENT,
    version=1,
    title=N_("Very long entry"),
    about=N_(
        "The text of an entry has more characters than the limit. Entries without text are "
        "not judged."
    ),
    system=N_(
        "Where e-mails or forms are brought in by the system, the length is not the writer's "
        "doing."
    ),
    advice=N_("Record what matters for the service; attach long material as a document of its own."),
    source=N_("Act 703/2023, section 17: necessary and sufficient"),
    severity=Severity.NOTE,
    settings=(
        Setting(
            "characters", 3000, N_("Characters of an entry at most"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, *, characters: int) -> pl.Expr:
    """Return whether the text is longer than the limit."""
    return value.str.len_chars() > characters
