"""Texts that are empty or placeholders."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting
from kirjaamo.validators.damage.placeholder_instead_of_content import PLACEHOLDER


@measure(
    "RQ011",
    on=("entry.text", "decision.text"),
    area=Area.CONTENT,
    version=1,
    title=N_("Empty text or placeholder"),
    about=N_(
        "The text of an entry or decision is missing, a placeholder, or shorter than some "
        "characters."
    ),
    system=N_("Some systems need a text to save a form, and “.” or “-” is typed to pass."),
    advice=N_(
        "Write what happened, who took part and what was agreed; leave out the entry if there "
        "is nothing to record."
    ),
    source=N_("Act 703/2023, sections 17 and 44"),
    severity=Severity.WARNING,
    settings=(
        Setting(
            "characters", 12, N_("Characters that a text has at least"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, *, characters: int) -> pl.Expr:
    """Return whether the text says nothing."""
    text = value.str.strip_chars()
    told = (text.str.len_chars() >= characters) & ~text.str.contains(PLACEHOLDER)
    return ~told.fill_null(value=False)
