"""Deadlines as a calendar file."""

import datetime as dt
from collections.abc import Iterable

from kirjaamo.calendars import Day, written
from kirjaamo.finance.calendar.dates import Deadline
from kirjaamo.messages import N_, gettext

ABOUT = N_("{report}, {period}. The day of decree {basis} is {due}.")


def write(found: Iterable[Deadline], as_of: dt.date) -> bytes:
    """Return deadlines as a calendar; *as_of* is the day on which it was made."""
    return written(map(_day, found), "Financial reports", as_of)


def _day(one: Deadline) -> Day:
    report = " ".join(filter(None, [one.package.code, str(one.package.label)]))
    facts = {"report": report, "period": one.period, "basis": one.source}
    return Day(
        key=f"{one.group.decree.replace('/', '-')}-{one.package.key}-{one.period}",
        date=one.safe,
        summary=f"{report} {one.period}",
        about=gettext(ABOUT).format(**facts, due=one.due.isoformat()),
    )
