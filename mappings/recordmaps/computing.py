"""The computations that a record map may name: a closed set.

Each says what it is given and what it gives; adding one is one function and one row here.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from kirjaamo.classifications.structures import Kind
from kirjaamo.errors import UnknownNameError
from kirjaamo.mappings.recordmaps.model import Case
from kirjaamo.messages import N_, gettext

Make = Callable[[Case], Any]
"""Gives a value of a case, None when there is none."""

FINLAND = ZoneInfo("Europe/Helsinki")

ADULT = 18

REGISTER = "urn:oid:1.2.246.537.6.202"
"""The national register of organisations, as the system of a code."""


@dataclass(frozen=True, slots=True)
class Computation:
    """A computation of the closed set.

    Attributes:
        make: Gives what computes, bound to what it is given.
        about: What it does, for a person; a key of the catalogue.
        kinds: Kinds of field that it can fill.
        settings: Settings below ``[migration]`` that it reads.
    """

    make: Callable[..., Make]
    about: str
    kinds: frozenset[Kind]
    settings: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return what it does, in the language in use."""
        return gettext(self.about)


def row(case: Case, table: str) -> Case:
    """Return the fields of a table of the case, none when it has no such table."""
    found: Case | None = case.get(table)
    return found or {}


def of_field(name: str) -> Make:
    """Return what gives a field, ``table.field``; an empty text is no value."""
    table, _, key = name.partition(".")

    def make(case: Case) -> Any:  # noqa: ANN401 - any canonical value
        fields = case.get(table)
        found = fields.get(key) if fields else None
        return None if found == "" else found

    return make


def setting(name: str, document_type: str) -> Make:
    """Return what gives a setting below ``[migration]``.

    One entry serves a record whole: that of its unit (of the document type for an appeal),
    otherwise ``default``; so no name stands beside the telephone number of another.
    """
    group, _, key = name.partition(".")
    if not key:
        return of_field(f"organisation.{group}")

    is_of_type = group == "appeal"

    def make(case: Case) -> Any:  # noqa: ANN401 - any setting
        organisation = case.get("organisation")
        entries = organisation.get(group) if organisation else None
        if not entries:
            return None
        unit = case.get("unit")
        chosen = document_type if is_of_type else unit.get("unit_id") if unit else None
        entry = entries.get(chosen) or entries.get("default")
        return (entry.get(key) or None) if entry else None

    return make


def _service_unit(table: str) -> Make:
    """Give the unit of a table as a code of the national register of organisations."""

    def make(case: Case) -> dict[str, str] | None:
        unit = row(case, table)
        found = _registered(unit.get("oid"), unit.get("name"))
        if found is not None:
            return found
        entry = _entry(case, unit.get("unit_id"))
        return _registered(entry.get("oid"), entry.get("name") or unit.get("name"))

    return make


def _default_unit(table: str) -> Make:
    """Give the unit that the workspace names for records without one."""
    del table

    def make(case: Case) -> dict[str, str] | None:
        entry = _entry(case, "default")
        return _registered(entry.get("oid"), entry.get("name"))

    return make


def _entry(case: Case, unit: str | None) -> Mapping[str, str]:
    """Return what ``[migration.unit]`` says of an old unit."""
    entries: Mapping[str | None, Mapping[str, str]] = (
        row(case, "organisation").get("unit") or {}
    )
    return entries.get(unit) or {}


def _organisation(table: str) -> Make:
    """Give the organisation of the workspace as a code of the same register."""
    return lambda case: _registered(row(case, table).get("oid"), row(case, table).get("name"))


def _registered(oid: str | None, name: str | None) -> dict[str, str] | None:
    return {"system": REGISTER, "code": oid, "display": name} if oid and name else None


def _joining_time(name: str) -> Make:
    """Give the day of joining a matter: ISO, or the Finnish form with points."""
    joined = of_field(name)

    def make(case: Case) -> dt.date | None:
        text = joined(case)
        if isinstance(text, dt.date) or text is None:
            return text
        for form in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        return None

    return make


def _day_of(name: str) -> Make:
    """Give the day of a moment."""
    moment = of_field(name)

    def make(case: Case) -> dt.date | None:
        found = moment(case)
        return found.date() if isinstance(found, dt.datetime) else found

    return make


def _is_shared(name: str) -> Make:
    """Say whether a matter has several clients."""
    clients = of_field(name)
    return lambda case: None if clients(case) is None else len(clients(case)) > 1


COMPUTATIONS = {
    "service_unit": Computation(
        _service_unit,
        N_("the unit with its OID and name; the workspace tells what the old system does not"),
        frozenset({Kind.CODE}),
        settings=("unit.oid", "unit.name"),
    ),
    "default_unit": Computation(
        _default_unit,
        N_("the unit that the workspace names for records without one"),
        frozenset({Kind.CODE}),
        settings=("unit.oid", "unit.name"),
    ),
    "organisation": Computation(
        _organisation,
        N_("the organisation of the workspace with its OID and name"),
        frozenset({Kind.CODE}),
    ),
    "joining_time": Computation(
        _joining_time,
        N_("the client's own day of joining, read from text"),
        frozenset({Kind.DATE, Kind.DATETIME}),
    ),
    "day_of": Computation(_day_of, N_("the day of a moment"), frozenset({Kind.DATE})),
    "is_shared": Computation(
        _is_shared, N_("whether the matter has several clients"), frozenset({Kind.BOOLEAN})
    ),
}
"""Every computation by the name that a map gives it."""


def computation(name: str) -> Computation:
    """Return the computation called *name*.

    Raises:
        UnknownNameError: There is none.
    """
    try:
        return COMPUTATIONS[name]
    except KeyError:
        known = tuple(COMPUTATIONS)
        raise UnknownNameError(kind=N_("computation"), name=name, known=known) from None


def is_minor(born: dt.date | None, day: dt.date | None) -> bool | None:
    """Return whether a person is under 18 on a day; None when either day is not known.

    >>> is_minor(dt.date(2008, 5, 1), dt.date(2026, 4, 30))
    True
    """
    if born is None or day is None:
        return None
    return relativedelta(day, born).years < ADULT


def finnish(day: dt.date) -> str:
    """Return a day as Finnish text.

    >>> finnish(dt.date(2025, 7, 1))
    '1.7.2025'
    """
    return f"{day.day}.{day.month}.{day.year}"


def moment(value: dt.datetime) -> str:
    """Return a moment with its offset; old systems recorded Finnish time without one.

    >>> moment(dt.datetime(2025, 7, 1, 9, 30))
    '2025-07-01T09:30:00+03:00'
    """
    if value.tzinfo is not None:
        return value.isoformat(timespec="seconds")
    hour = value.replace(minute=0, second=0, microsecond=0)
    return f"{value.isoformat(timespec='seconds')}{_offset(hour)}"


@cache
def _offset(hour: dt.datetime) -> str:
    return hour.replace(tzinfo=FINLAND).isoformat()[-6:]
