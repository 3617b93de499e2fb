"""Records whose service task is missing or not that of their matter."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_


@measure(
    "RQ008",
    on=("entry.service_task", "document.service_task", "decision.service_task"),
    area=Area.CONCEPTS,
    version=1,
    title=N_("Service task missing or wrong"),
    about=N_(
        "A record of a known matter has another service task than the matter, or none "
        "although the matter has one. A record whose matter has none is not judged."
    ),
    system=N_(
        "Where the system copies the service task from the unit and not from the matter, the "
        "wrong one comes from its settings. Local codes without a mapping are no flaw of the "
        "record."
    ),
    advice=N_("Choose the service task by what the matter is about, not by the unit."),
    source=N_("Act 703/2023, section 37, and the annex of the act"),
    severity=Severity.WARNING,
)  # fmt: skip
def judge(value: pl.Expr) -> pl.Expr:
    """Return whether the task differs from that of the matter."""
    matter = pl.col("matter_task")
    return pl.when(matter.is_not_null()).then(value.ne_missing(matter))
