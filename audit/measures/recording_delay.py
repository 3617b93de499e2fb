"""Entries recorded long after the event."""

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting
from kirjaamo.validators.life_cycle.entry_recorded_late import check


@measure(
    "RQ001",
    on="entry.recorded_time",
    area=Area.PROCESS,
    version=1,
    title=N_("Recorded late"),
    about=N_(
        "An entry was recorded more than some days after its event; judged are entries that "
        "have both times and were not recorded before the event."
    ),
    system=N_(
        "A system that does not keep the time of recording cannot show a delay. An entry "
        "typed in from paper, or a break of the system, is late through no fault of the "
        "person."
    ),
    advice=N_("Record on the day of the event, and make room for recording in the working day."),
    source=N_("Act 703/2023, section 21: without delay"),
    severity=Severity.WARNING,
    settings=(
        Setting(
            "days", 7, N_("Days in which an event is recorded"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, event_time: pl.Expr, *, days: int) -> pl.Expr:
    """Return whether the entry is late; null where a time is missing or the order is wrong."""
    return pl.when(value.dt.date() >= event_time.dt.date()).then(
        check.check(value, event_time, days=days)
    )
