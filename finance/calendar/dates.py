"""The reports of a financial year with their days."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec
import polars as pl
from dateutil.relativedelta import relativedelta

from kirjaamo.classifications.law.working_days import is_working_day
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.records import Label
from kirjaamo.settings import read_yaml

_DAY = dt.timedelta(days=1)


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a report is about, and its day.

    Attributes:
        months: It covers the first so many months of the financial year.
        due: Month and day of the decree.
        next_year: Whether that day is in the year after the financial year.
    """

    months: Annotated[int, msgspec.Meta(ge=1, le=12)]
    due: Annotated[str, msgspec.Meta(pattern="^[0-9]{2}-[0-9]{2}$")]
    next_year: bool = False


class Package(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report package.

    Attributes:
        key: Its name here.
        label: Its name for people.
        periods: What is reported, and when.
        point: Point of the section that sets the days; 0 where it is not known.
        code: The authority's code; empty where it is not known.
        confidence: How sure it is that the code belongs to the point.
    """

    key: str
    label: Label
    periods: tuple[Period, ...]
    point: int = 0
    code: str = ""
    confidence: Literal["confirmed", "secondary", "uncertain", ""] = ""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who reports, and the decree that says what.

    Attributes:
        decree: Number of the decree.
        section: Its section.
        first_year: First financial year that is listed here.
        label: Who reports.
        packages: What is reported.
    """

    decree: str
    section: int
    first_year: int
    label: Label
    packages: tuple[Package, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One report and its day.

    Attributes:
        group: Who reports.
        package: What is reported.
        year: The financial year.
        period: The period as the authority writes it, ``2025`` or ``2025C03``.
        due: Day of the decree.
        safe: The last working day that is no later.
    """

    group: Group
    package: Package
    year: int
    period: str
    due: dt.date
    safe: dt.date

    @property
    def source(self) -> str:
        """Return the decree with its section and point."""
        point = f".{self.package.point}" if self.package.point else ""
        return f"{self.group.decree} § {self.group.section}{point}"


@cache
def groups() -> dict[str, Group]:
    """Return who reports, by name."""
    return read_yaml(files("kirjaamo.finance.calendar") / "deadlines.yaml", dict[str, Group])


def deadlines(name: str, year: int) -> list[Deadline]:
    """Return the reports on a financial year, in the order of their days.

    Raises:
        UnknownNameError: There is no such group of reporters.
    """
    known = groups()
    if name not in known:
        raise UnknownNameError(kind=N_("group of reporters"), name=name, known=tuple(known))
    group = known[name]
    if year < group.first_year:
        return []
    return sorted(_of_group(group, year), key=lambda one: (one.due, one.package.point))


def ahead(name: str, day: dt.date) -> list[Deadline]:
    """Return the reports due from a day on, for a year, in the order of their days.

    Raises:
        UnknownNameError: There is no such group of reporters.
    """
    end = day + relativedelta(years=1)
    years = range(day.year - 1, end.year + 1)
    found = [one for year in years for one in deadlines(name, year) if day <= one.due < end]
    return sorted(found, key=lambda one: (one.due, one.year, one.package.point))


def _of_group(group: Group, year: int) -> Iterator[Deadline]:
    for package in group.packages:
        for period in package.periods:
            month, day = map(int, period.due.split("-"))
            due = dt.date(year + period.next_year, month, day)
            key = _period(package, period, year)
            yield Deadline(group, package, year, key, due, last_working_day(due))


def _period(package: Package, period: Period, year: int) -> str:
    """Return the period: the year for yearly reports, else the months from its start."""
    yearly = len(package.periods) == 1
    return str(year) if yearly else f"{year}C{period.months:02}"


def last_working_day(day: dt.date) -> dt.date:
    """Return the last working day that is no later than a day.

    >>> last_working_day(dt.date(2026, 8, 15)), last_working_day(dt.date(2026, 4, 15))
    (datetime.date(2026, 8, 14), datetime.date(2026, 4, 15))
    """
    while not is_working_day(day):
        day -= _DAY
    return day


def table(found: list[Deadline]) -> pl.DataFrame:
    """Return deadlines as a table for eyes and programs."""
    rows = [
        (one.due.isoformat(), one.safe.isoformat(), one.period, one.package.code, one.package.confidence,
         str(one.package.label), one.source)
        for one in found
    ]  # fmt: skip
    names = ("due", "last_working_day", "period", "code", "confidence", "report", "basis")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
