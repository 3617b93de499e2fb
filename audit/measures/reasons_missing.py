"""Decisions that do not say why."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting
from kirjaamo.validators.damage.placeholder_instead_of_content import PLACEHOLDER


@measure(
    "RQ005",
    on="decision.reasons",
    area=Area.CONTENT,
    version=1,
    title=N_("Decision without reasons"),
    about=N_(
        "The reasons of a decision are missing, only a placeholder, or shorter than some "
        "characters."
    ),
    system=N_(
        "Where the reasons are kept on a paper only, the export shows none. A ready-made "
        "phrase that the system inserts counts as reasons."
    ),
    advice=N_("Write which facts the decision rests on and how the provision applies to them."),
    source=N_("Administrative Procedure Act 434/2003, section 45"),
    severity=Severity.ERROR,
    settings=(
        Setting(
            "characters", 20, N_("Characters that reasons have at least"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, *, characters: int) -> pl.Expr:
    """Return whether a decision gives no reasons."""
    text = value.str.strip_chars()
    told = (text.str.len_chars() >= characters) & ~text.str.contains(PLACEHOLDER)
    return ~told.fill_null(value=False)
