"""Records that had to be corrected."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_


@measure(
    "RQ021",
    on="document.replaces",
    area=Area.PROCESS,
    version=1,
    title=N_("Corrected afterwards"),
    about=N_(
        "A document is a new version that replaces an earlier one. Some corrections are right "
        "and needed; a share that grows tells of haste or of unclear forms."
    ),
    system=N_("Where the system makes a new version of every saving, versions are no corrections."),
    advice=N_("Read the document once before it is made final; see which forms are corrected most."),
    source=N_("Act 703/2023, sections 19 and 38; Act 254/2015, section 13"),
    severity=Severity.NOTE,
)  # fmt: skip
def judge(value: pl.Expr) -> pl.Expr:
    """Return whether the document replaces an earlier one."""
    return value.is_not_null()
