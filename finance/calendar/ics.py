"""Deadlines as a calendar file (iCalendar, RFC 5545): whole days, the same bytes every time."""

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event

from kirjaamo.finance.calendar.dates import Deadline
from kirjaamo.messages import N_, gettext

WARNING = dt.timedelta(days=-7)
"""When the calendar reminds."""

ABOUT = N_("{report}, {period}. The day of decree {basis} is {due}.")


def write(found: Iterable[Deadline], as_of: dt.date) -> bytes:
    """Return deadlines as a calendar; *as_of* is the day on which it was made."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kirjaamo//Financial reports//FI")
    calendar.add("version", "2.0")
    stamp = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    for one in found:
        calendar.add_component(_event(one, stamp))
    made: bytes = calendar.to_ical()
    return made


def _event(one: Deadline, stamp: dt.datetime) -> Event:
    report = " ".join(filter(None, [one.package.code, str(one.package.label)]))
    event = Event()
    event.add(
        "uid", f"{one.group.decree.replace('/', '-')}-{one.package.key}-{one.period}@kirjaamo"
    )
    event.add("dtstamp", stamp)
    event.add("dtstart", one.safe)
    event.add("dtend", one.safe + dt.timedelta(days=1))
    event.add("summary", f"{report} {one.period}")
    facts = {"report": report, "period": one.period, "basis": one.source}
    event.add("description", gettext(ABOUT).format(**facts, due=one.due.isoformat()))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{report} {one.period}")
    alarm.add("trigger", WARNING)
    event.add_component(alarm)
    return event
