"""Clients of one system, and the years in which each of them is served."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from kirjaamo.samples.identity import SEPARATORS, business_id, identity_code, organisation_oid
from kirjaamo.samples.world import World

Row = dict[str, Any]
"""A row of a canonical table: field to typed value."""

START, AS_OF = dt.date(2009, 1, 1), dt.date(2025, 12, 31)
"""First and last day of what the systems recorded."""

DECISIONS = (4, 1, 6, 2, 9, 3, 5, 2, 7, 1)
"""Decisions of ten clients in a row: four each on the average, to the number."""

MANY = (4, 9)
"""From so many decisions on a client has two and three relationships."""

DIES, FEMALE, PROTECTED = 0.15, 0.55, 0.02
"""Shares of clients: service of a grown one ends with death, women, non-disclosure."""

OLDEST, RECENTLY_DEAD, WITHOUT_CODE, WITHOUT_EVENTS = 13, 3, 7, 11
"""Remainders of a client's number that make it a special case, so that each case occurs."""


@dataclass(frozen=True, slots=True)
class Life:
    """When and how a client is served.

    Attributes:
        group: ``child``, ``adult`` or ``elder`` through all the years.
        first: First day of service.
        last: Last day of service: `AS_OF` when it goes on.
        is_open: Service goes on.
        death: Day of death.
        decisions: How many decisions there are.
        parts: How many relationships the years are divided into.
    """

    group: str
    first: dt.date
    last: dt.date
    is_open: bool
    death: dt.date | None
    decisions: int
    parts: int


def life(rng: Random, number: int, extra: int = 0) -> Life:
    """Return the years of client *number*, with *extra* decisions on top of its own."""
    decisions = DECISIONS[number % len(DECISIONS)] + extra
    parts = 1 + sum(decisions >= many for many in MANY)
    shortest = max(420 * parts, 150 * decisions)
    group = rng.choices(("child", "adult", "elder"), (30, 40, 30))[0]
    if number % 400 == OLDEST:
        return _span(dt.date(2009, 2, 1), shortest, "elder", decisions, parts)
    if number % 25 == RECENTLY_DEAD or number % 100 == WITHOUT_EVENTS:
        last = AS_OF - dt.timedelta(rng.randrange(90, 400))
        length = shortest + rng.randrange(900)
        return _span(last - dt.timedelta(length), length, "elder", decisions, parts)
    room = (AS_OF - START).days - shortest
    first = START + dt.timedelta(rng.randrange(room))
    length = shortest + rng.randrange(200, 2000)
    last = first + dt.timedelta(length)
    if last >= AS_OF:
        return Life(
            group, first, AS_OF, is_open=True, death=None, decisions=decisions, parts=parts
        )
    dies = group != "child" and last < AS_OF - dt.timedelta(90) and rng.random() < DIES
    death = last if dies else None
    return Life(
        group, first, last, is_open=False, death=death, decisions=decisions, parts=parts
    )


def _span(first: dt.date, length: int, group: str, decisions: int, parts: int) -> Life:
    last = first + dt.timedelta(length)
    return Life(group, first, last, is_open=False, death=last, decisions=decisions, parts=parts)


def client(  # noqa: PLR0913, PLR0917 - who, where and when
    rng: Random, world: World, system: str, number: int, span: Life, used: set[int]
) -> Row:
    """Return client *number* of *system*; *used* holds the birth days that are taken."""
    plan = world.region.systems[system]
    language = "sv" if rng.random() < plan.swedish else "fi"
    birth = _birth(rng, number, span, "ABC".index(system), used)
    female = rng.random() < FEMALE
    has_code = system == "A" or number % 33 != WITHOUT_CODE
    return {
        "client_id": f"{system}{100_001 + number}",
        "identity_code": _code(rng, system, number, birth, female) if has_code else None,
        "temporary_id": None if has_code else temporary_id(span.first.year, number),
        "birth_date": birth,
        "death_date": span.death,
        "last_name": rng.choice(world.names["last", language]),
        "first_names": _first_names(rng, world, language, female),
        "sex": "2" if female else "1",
        "municipality": rng.choice(plan.municipalities),
        "language": language.upper(),
        "non_disclosure": rng.random() < PROTECTED,
    }


def temporary_id(year: int, number: int) -> str:
    """Return a temporary identifier that the region gave in *year*."""
    return organisation_oid(business_id(0), 22, year, number + 1)


def _birth(rng: Random, number: int, span: Life, phase: int, used: set[int]) -> dt.date:
    """Return a birth date that fits the age group and that nobody else has.

    Systems take every third day each, so that no two of them share a birthday.
    """
    day = _wanted(rng, number, span)
    day -= (day - phase) % 3
    for _ in range(60):
        if day not in used:
            break
        day -= 3
    used.add(day)
    return dt.date.fromordinal(day)


def _wanted(rng: Random, number: int, span: Life) -> int:
    first, last = span.first.toordinal(), span.last.toordinal()
    if number % 400 == OLDEST:
        return dt.date(1899, 12, 30).toordinal()
    if span.group == "child":
        age_at_end = 14 if span.is_open else 17
        return rng.randint(last - age_at_end * 365, first - 100)
    low, high = (66, 93) if span.group == "elder" else (19, 60)
    return first - rng.randint(low * 366, high * 366)


def _code(rng: Random, system: str, number: int, birth: dt.date, female: bool) -> str:  # noqa: FBT001 - a fact, not a mode
    """Return an identity code; each system has a third of the numbers 900-999 to itself."""
    low = {"A": 900, "B": 934, "C": 966}[system]
    signs = SEPARATORS[birth.year // 100]
    sign = signs[number // 4 % len(signs)] if number % 4 == 0 else signs[0]
    individual = low + rng.randrange(0, 32, 2)
    return identity_code(birth, individual if female else individual + 1, sign)


def _first_names(rng: Random, world: World, language: str, female: bool) -> str:  # noqa: FBT001 - a fact, not a mode
    names = world.names["female" if female else "male", language]
    return " ".join(rng.sample(names, rng.choice((1, 2, 2))))
