"""Records without what every client document must show."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Place


@measure(
    "RQ003",
    on=(Place("entry.author", when="event_time", task="service_task"), Place("document.author", when="authored", task="service_task")),
    area=Area.STRUCTURE,
    version=1,
    title=N_("Required content missing"),
    about=N_(
        "A document or entry lacks its author, its time or its matter, without which it "
        "cannot be kept as a client document."
    ),
    system=N_(
        "Fields that the system cannot record are no flaw of a record; such a system is not "
        "judged."
    ),
    advice=N_("Fill in the author, the time and the matter when the record is made."),
    source=N_("Act 703/2023, section 38(1)"),
    severity=Severity.WARNING,
)  # fmt: skip
def judge(value: pl.Expr, when: pl.Expr, matter_id: pl.Expr) -> pl.Expr:
    """Return whether the author, the time or the matter is missing."""
    return value.is_null() | when.is_null() | matter_id.is_null()
