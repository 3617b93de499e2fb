"""Decisions without instructions for appeal."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting


@measure(
    "RQ007",
    on="decision.appeal",
    area=Area.CONTENT,
    version=1,
    title=N_("Decision without instructions for appeal"),
    about=N_(
        "The instructions for appeal, or the statement that no appeal is allowed, are missing "
        "or shorter than some characters."
    ),
    system=N_(
        "Where instructions are a printed annex that the system does not keep, the field is "
        "empty through no fault of the person."
    ),
    advice=N_("Choose the instructions that belong to the type of decision before signing."),
    source=N_("Administrative Procedure Act 434/2003, sections 46 to 49"),
    severity=Severity.ERROR,
    settings=(
        Setting(
            "characters", 20, N_("Characters that instructions have at least"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, *, characters: int) -> pl.Expr:
    """Return whether the instructions are missing."""
    told = value.str.strip_chars().str.len_chars() >= characters
    return ~told.fill_null(value=False)
