"""The year clock: recurring tasks of data care as days, for a calendar and for a workbook.

A task recurs by a rule of RFC 5545 (``FREQ=MONTHLY;BYMONTHDAY=15``).  Where a day is no working
day, the task is due on the last working day before it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO, Final

import msgspec
from dateutil.rrule import rrulestr

from kirjaamo import calendars
from kirjaamo.audit.care.errors import CalendarError
from kirjaamo.classifications.law.working_days import is_working_day
from kirjaamo.messages import N_, gettext
from kirjaamo.records import Label
from kirjaamo.settings import read_yaml
from kirjaamo.tabular import Cell, Sheet, write_workbook

MOST: Final = 400
"""Days that one task may have: more than one a day is no year clock."""

NO_RULE = N_("the rule of its days is no recurrence rule (RFC 5545)")
OWN_BOUNDS = N_(
    "the rule of its days must not say where it begins, ends or how often it recurs"
)
NO_DAYS = N_("the rule of its days gives no day in a year")
TOO_OFTEN = N_("it recurs more often than once a day")
TWICE = N_("there are several of that name")
BACKWARDS = N_("it ends before it begins")


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A recurring task.

    Attributes:
        id: Its name.
        name: What is done, in three languages.
        about: How, and what shows that it was done.
        rule: Recurrence rule.
        role: Who does it.
        source: Where it comes from; our own proposal unless it says otherwise.
        command: The command that does it.
        warning: Days before at which the calendar reminds.
        valid_from: First day.
        valid_to: Last day.
    """

    id: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,39}$")]
    name: Label
    about: Label
    rule: str
    role: Label
    source: str
    command: str = ""
    warning: Annotated[int, msgspec.Meta(ge=0, le=90)] = 7
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class YearClock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of tasks."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """One task on one day; *planned* is the day of the rule."""

    task: Task
    date: dt.date
    planned: dt.date


def read(path: Path | Traversable) -> YearClock:
    """Return the tasks of a file.

    Raises:
        SettingsError: It is missing or no such file.
        CalendarError: A task in it cannot be used.
    """
    found = read_yaml(path, YearClock)
    names = [task.id for task in found.tasks]
    for task in found.tasks:
        reason = TWICE if names.count(task.id) > 1 else _wrong(task)
        if reason:
            raise CalendarError(file=path, task=task.id, reason=reason)
    return found


def _wrong(task: Task) -> str:
    if task.valid_from and task.valid_to and task.valid_to < task.valid_from:
        return BACKWARDS
    told = task.rule.upper()
    if any(word in told for word in ("DTSTART", "UNTIL", "COUNT", "\n", "TZID")):
        return OWN_BOUNDS
    try:
        first = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - days have no time zone
        days = list(islice(_between(task, first, first + dt.timedelta(days=366)), MOST + 1))
    except (ValueError, TypeError, KeyError, AttributeError):
        return NO_RULE
    if not days:
        return NO_DAYS
    return TOO_OFTEN if len(days) > MOST or len(set(days)) < len(days) else ""


def _between(task: Task, first: dt.datetime, last: dt.datetime) -> Iterator[dt.date]:
    bounded = f"{task.rule.upper()};UNTIL={last:%Y%m%dT%H%M%S}"
    for moment in rrulestr(bounded, dtstart=first):
        yield moment.date()


def due(clock: YearClock, first: dt.date, last: dt.date) -> list[Due]:
    """Return what is due from *first* to *last*, in the order of days."""
    found = [one for task in clock.tasks for one in _due(task, first, last)]
    return sorted(found, key=lambda one: (one.date, one.task.id))


def _due(task: Task, first: dt.date, last: dt.date) -> Iterator[Due]:
    """Yield the days of a task; the rule is laid out from the first of January, for intervals."""
    start = dt.datetime(first.year, 1, 1)  # noqa: DTZ001 - days have no time zone
    end = dt.datetime.combine(last + dt.timedelta(days=14), dt.time())
    for planned in _between(task, start, end):
        begun = task.valid_from is None or task.valid_from <= planned
        if begun and (task.valid_to is None or planned <= task.valid_to):
            day = _working(planned)
            if first <= day <= last:
                yield Due(task, day, planned)


def _working(day: dt.date) -> dt.date:
    """Return the last working day that is no later.

    >>> _working(dt.date(2026, 8, 15))
    datetime.date(2026, 8, 14)
    """
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def calendar(found: Sequence[Due], as_of: dt.date) -> bytes:
    """Return tasks as a calendar file; *as_of* is the day on which it was made."""
    return calendars.written(map(_day, found), "Data care", as_of)


def _day(one: Due) -> calendars.Day:
    about = "\n".join(filter(None, [str(one.task.about), one.task.command, one.task.source]))
    return calendars.Day(
        key=f"care-{one.task.id}-{one.planned.isoformat()}", date=one.date,
        summary=str(one.task.name), about=about, warning=one.task.warning,
        categories=(str(one.task.role),),
    )  # fmt: skip


def write(found: Sequence[Due], stream: BinaryIO) -> None:
    """Write tasks as a workbook with columns for who did them and when."""
    names = (
        N_("Day"), N_("Task"), N_("Role"), N_("What to do and how it shows"), N_("Command"),
        N_("Source"), N_("Done on"), N_("Done by"),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (one.date, str(one.task.name), str(one.task.role), str(one.task.about),
         one.task.command, one.task.source, None, None)
        for one in found
    ]  # fmt: skip
    columns = [gettext(name) for name in names]
    sheet = Sheet(
        gettext(N_("Year clock")), columns, rows, widths=[12, 40, 26, 70, 34, 50, 12, 18]
    )
    write_workbook(stream, [sheet])
