"""Texts with words that a spelling checker does not know."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.audit.spelling import share_unknown
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting


@measure(
    "RQ018",
    on="entry.text",
    area=Area.CONTENT,
    version=1,
    title=N_("Misspelt words"),
    about=N_(
        "The share of Finnish words that Voikko does not know is above the limit. Words that "
        "begin with a capital are left out as names; Swedish texts, texts of few words, and "
        "all texts where Voikko is not installed, are not judged."
    ),
    system=N_(
        "Text damaged in a transfer (split letters, lost characters) looks misspelt; rules "
        "DQ002 to DQ004 tell of it."
    ),
    advice=N_("Turn on the spelling checker where you write."),
    source=N_(
        "Act 703/2023, section 19: clear and understandable; Voikko with the vocabulary "
        "voikko-fi"
    ),
    severity=Severity.NOTE,
    settings=(
        Setting(
            "share", 0.15, N_("Share of unknown words from which a text counts as misspelt"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
        Setting(
            "at_least", 8, N_("Words of the shortest text that is judged"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, *, rows: pl.DataFrame, share: float, at_least: int) -> pl.Series:
    """Return whether too large a share of the words is unknown."""
    return share_unknown(rows.select(value).to_series(), at_least) > share
