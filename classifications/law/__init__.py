"""What statutes set, as dated data: days from which acts apply, time limits and ages.

The texts of the statutes and the rules that follow them live elsewhere; the retention of
documents is a list of its own.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from kirjaamo.settings import read_yaml


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"begins": "from"}):
    """An act of Parliament.

    Attributes:
        name: Its title, by language.
        begins: First day on which it applies.
        source: The section that says so.
        until: Last day on which it applies, if it has been repealed.
        delayed: Sections that began to apply later: first day.
    """

    name: Mapping[str, str]
    begins: dt.date
    source: str
    until: dt.date | None = None
    delayed: Mapping[str, dt.date] = {}


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time limit: so many working days or months, after a day that is not counted."""

    act: str
    section: str
    working_days: int = 0
    months: int = 0


class Age(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An age in full years."""

    years: int
    act: str
    section: str


class Documents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The document types that a section speaks of: code to what it is."""

    act: str
    section: str
    types: Mapping[str, str]


class Law(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in ``law.yaml``."""

    acts: Mapping[str, Act]
    limits: Mapping[str, Limit]
    ages: Mapping[str, Age]
    initiating: Documents


@cache
def law() -> Law:
    """Return what the statutes set."""
    return read_yaml(files("kirjaamo.classifications.law") / "law.yaml", Law)


def start(act: str, section: str = "") -> dt.date:
    """Return the first day on which a section applies to every document for certain.

    >>> start("254/2015"), start("254/2015", "9")
    (datetime.date(2015, 4, 1), datetime.date(2017, 1, 1))
    """
    found = law().acts[act]
    return found.delayed.get(section, found.begins)


def end(act: str) -> dt.date | None:
    """Return the last day on which an act applies, or None while it is in force."""
    return law().acts[act].until
