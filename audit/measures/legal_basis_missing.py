"""Decisions that name no provision."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.validators.damage.placeholder_instead_of_content import PLACEHOLDER


@measure(
    "RQ006",
    on="decision.legal_basis",
    area=Area.CONTENT,
    version=1,
    title=N_("Decision without legal basis"),
    about=N_(
        "A decision names no provision: the field is empty, only a placeholder, or has no "
        "number in it."
    ),
    system=N_(
        "A system without the field is not judged. Where the system prints the provision by "
        "the type of decision, its settings are to be mended."
    ),
    advice=N_("Name the act and the section on which the decision rests."),
    source=N_("Administrative Procedure Act 434/2003, section 45(1)"),
    severity=Severity.ERROR,
)  # fmt: skip
def judge(value: pl.Expr) -> pl.Expr:
    """Return whether no provision is named; every act and section has a number."""
    return ~(value.str.contains("[0-9]") & ~value.str.contains(PLACEHOLDER)).fill_null(
        value=False
    )
