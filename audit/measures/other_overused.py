"""Matters of the class “other”."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.validators.classification.other_without_text import OTHER


@measure(
    "RQ010",
    on="matter.matter_code",
    area=Area.CONCEPTS,
    version=1,
    title=N_("Class “other” chosen"),
    about=N_(
        "A matter has the class 99, other. A single one may be right; a share that grows "
        "tells that classes are not found or not looked for. Judged are all matters of a "
        "system that keeps classes."
    ),
    system=N_("Where the system offers a short list, the right class may be missing from it."),
    advice=N_("Look for the class that says it; tell the main user when none fits."),
    source=N_("Code list Sosiaalihuollon asia, 1.2.246.537.6.1265"),
    severity=Severity.NOTE,
)  # fmt: skip
def judge(value: pl.Expr) -> pl.Expr:
    """Return whether the class is other."""
    return (value == OTHER).fill_null(value=False)
