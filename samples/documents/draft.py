"""What a document in the making knows of itself: chance, its day, its people."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from kirjaamo.samples.documents.persons import Person

FINLAND = ZoneInfo("Europe/Helsinki")

LAST = dt.date(2026, 6, 30)
"""No sample document holds a later day."""


@dataclass(slots=True)
class Draft:
    """A document in the making.

    Attributes:
        rng: Chance.
        share: Share of optional fields that are filled: 0, 1 or between.
        day: The document's own day.
        role: What the clients are: ``child``, ``adult`` or ``elder``.
        client: The client.
        person: Who stands in the group that is being filled.
        sexes: Codes of the sexes that people of the document may have.
        event: The day of what happened at an hour.
    """

    rng: Random
    share: float
    day: dt.date
    role: str
    client: Person
    person: Person
    sexes: str
    event: dt.date

    def within(self, first: int, last: int) -> dt.date:
        """Return a day so many days from the document's own, none later than `LAST`."""
        days = first + int(self.rng.random() * (last - first + 1))
        found = self.day.toordinal() + days
        return dt.date.fromordinal(min(found, LAST.toordinal()))


def moment(day: dt.date, hour: int, minute: int) -> str:
    """Return a time of a Finnish day with its offset.

    >>> moment(dt.date(2025, 7, 1), 9, 30)
    '2025-07-01T09:30:00+03:00'
    """
    return f"{day.isoformat()}T{hour:02}:{minute:02}:00{_offset(day)}"


@cache
def _offset(day: dt.date) -> str:
    noon = dt.datetime.combine(day, dt.time(12), FINLAND)
    return noon.isoformat()[-6:]
