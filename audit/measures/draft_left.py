"""Drafts that were never finished."""

import datetime as dt

import polars as pl

from kirjaamo.audit.definition import Area, measure
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Place, Setting


@measure(
    "RQ020",
    on=(Place("entry.status", day="recorded_time"), Place("document.status", day="authored")),
    area=Area.PROCESS,
    version=1,
    title=N_("Draft never finished"),
    about=N_(
        "A record has the status of a draft more than some days after it was made. Records "
        "without a status are not judged."
    ),
    system=N_("Where the system makes a draft by itself when a form is opened, empty drafts remain."),
    advice=N_("Finish the draft, or remove it if it was made by mistake."),
    source=N_("Act 703/2023, section 21: without delay"),
    severity=Severity.WARNING,
    settings=(
        Setting(
            "days", 14, N_("Days in which a draft is finished"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
        Setting(
            "statuses", "luonnos,keskeneräinen,utkast,draft", N_("Words that mean a draft, with commas between"),
            N_("Kirjaamo's own default: no source gives a number"),
        ),
    ),
)  # fmt: skip
def judge(value: pl.Expr, day: pl.Expr, *, days: int, statuses: str, as_of: dt.date) -> pl.Expr:
    """Return whether the record is a draft that should be finished."""
    drafts = [word.strip() for word in statuses.split(",")]
    draft = value.str.to_lowercase().is_in(drafts)
    old = day.dt.date() < as_of - dt.timedelta(days)
    return pl.when(value.is_not_null()).then(draft & old.fill_null(value=True))
