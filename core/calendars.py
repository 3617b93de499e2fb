"""Calendar files (iCalendar, RFC 5545): whole days, the same bytes every time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day in a calendar.

    Attributes:
        key: What tells it from every other day, also in later files.
        date: The day.
        summary: What it is.
        about: More about it.
        warning: Days before it at which the calendar reminds.
        categories: Whom it is for.
    """

    key: str
    date: dt.date
    summary: str
    about: str
    warning: int = 7
    categories: tuple[str, ...] = ()


def written(days: Iterable[Day], about: str, as_of: dt.date) -> bytes:
    """Return days as a calendar file.

    Args:
        days: The days, in order.
        about: What the calendar is about, for programs.
        as_of: The day on which it was made.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Kirjaamo//{about}//FI")
    calendar.add("version", "2.0")
    stamp = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    for one in days:
        calendar.add_component(_event(one, stamp))
    made: bytes = calendar.to_ical()
    return made


def _event(one: Day, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@kirjaamo")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.date)
    event.add("dtend", one.date + dt.timedelta(days=1))
    event.add("summary", one.summary)
    event.add("description", one.about)
    if one.categories:
        event.add("categories", list(one.categories))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.summary)
    alarm.add("trigger", dt.timedelta(days=-one.warning))
    event.add_component(alarm)
    return event
