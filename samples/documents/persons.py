"""People of sample documents; none of them exists."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from kirjaamo.samples import world
from kirjaamo.samples.identity import (
    SEPARATORS,
    business_id,
    identity_code,
    organisation_oid,
)

AGES = {
    "child": (2, 15),
    "adult": (22, 60),
    "elder": (67, 92),
    "worker": (25, 62),
    "dead": (67, 92),
}
"""Role to the youngest and oldest age in years on the document's own day."""

MAN, WOMAN = "1", "2"
"""Codes of sex: an odd individual number is a man's."""

SWEDISH = 0.1
"""Share of people with a Swedish name."""

BUSINESS = business_id(0)
"""The business id of the organisation that makes the documents."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a document."""

    last: str
    first: str
    born: dt.date
    code: str

    @property
    def sex(self) -> str:
        """Return the code of the sex that the identity code tells."""
        return MAN if int(self.code[9]) % 2 else WOMAN

    @property
    def name(self) -> str:
        """Return the name as people write it."""
        return f"{self.first} {self.last}"


def person(rng: Random, role: str, day: dt.date, sexes: str = WOMAN + MAN) -> Person:
    """Return somebody who does not exist; the individual number is 900-999.

    Args:
        rng: Chance.
        role: A word of `AGES`; the age fits it on *day*.
        day: The document's own day.
        sexes: Codes of the sexes to choose from.
    """
    youngest, oldest = AGES[role]
    days = youngest * 366 + int(rng.random() * (oldest - youngest) * 365)
    born = dt.date.fromordinal(day.toordinal() - days)
    number = 900 + int(rng.random() * 100)
    if sexes in {WOMAN, MAN}:
        number = number // 2 * 2 + (sexes == MAN)
    names = world.read().names
    language = "sv" if rng.random() < SWEDISH else "fi"
    first = names["male" if number % 2 else "female", language]
    last = names["last", language]
    signs = SEPARATORS[born.year // 100]
    sign = signs[int(rng.random() * len(signs))] if number % 5 == 0 else signs[0]
    return Person(
        last[int(rng.random() * len(last))],
        first[int(rng.random() * len(first))],
        born,
        identity_code(born, number, sign),
    )


def temporary(rng: Random, day: dt.date) -> str:
    """Return a temporary identifier that the organisation gave in the year of *day*."""
    return organisation_oid(BUSINESS, 22, day.year, 1 + int(rng.random() * 99_999))


def oid(rng: Random, day: dt.date, node: int = 95) -> str:
    """Return the identifier of a document or matter of the organisation."""
    return organisation_oid(BUSINESS, node, day.year, 1 + int(rng.random() * 999_999))


def iban(rng: Random) -> str:
    """Return an account number with right check digits, of a bank that does not exist.

    >>> int("9" * 8 + f"{0:06}" + "151800") % 97 < 97
    True
    """
    account = f"99999999{int(rng.random() * 1_000_000):06}"
    return f"FI{98 - int(account + '151800') % 97:02}{account}"
