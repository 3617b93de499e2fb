"""Texts that are hard to read."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.audit.texts import readability
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting


@measure(
    "RQ015",
    on=("entry.text", "decision.reasons"),
    area=Area.CONTENT,
    version=1,
    title=N_("Hard to read"),
    about=N_(
        "The readability index LIX of a text is above the limit: words per sentence and the "
        "share of words of more than six letters, in per cent. Judged are texts of some "
        "words."
    ),
    system=N_("Names of acts and services that the system inserts make a text heavier."),
    advice=N_("One thing in a sentence, everyday words, and the client as the subject."),
    source=N_(
        "Administrative Procedure Act 434/2003, section 9; LIX by C. H. Björnsson, 1968. "
        "Finnish has long words, so that the limit is higher than for Swedish"
    ),
    severity=Severity.NOTE,
    settings=(
        Setting(
            "lix", 110.0, N_("Index from which a text is hard to read"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
        Setting(
            "at_least", 12, N_("Words of the shortest text that is judged"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, *, lix: float, at_least: int) -> pl.Expr:
    """Return whether the text is harder than the limit."""
    return readability(value, at_least) > lix
