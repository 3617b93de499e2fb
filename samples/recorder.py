"""One system while its tables are being written: rows, identifiers and who was on duty."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from kirjaamo.samples import staff
from kirjaamo.samples.people import Row
from kirjaamo.samples.world import World

TABLES = (
    "client", "relationship", "matter", "document", "decision", "entry",
    "worker", "unit", "access_right", "disclosure",
)  # fmt: skip
"""Tables of a system, in the order in which they are shown."""


@dataclass(slots=True)
class Recorder:
    """One system while its tables are being written."""

    world: World
    system: str
    rng: Random
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def number(self, table: str, letter: str) -> str:
        """Return the identifier of the next row of *table*."""
        return f"{self.system}{letter}{len(self.rows[table]) + 1:06}"

    def days(self, day: dt.date, low: int, high: int, last: dt.date) -> dt.date:
        """Return a day from *low* to *high* days after *day*, never after *last*."""
        return min(day + dt.timedelta(self.rng.randint(low, high)), last)

    def on_duty(self, first: dt.date, last: dt.date) -> Row:
        """Return a worker who was employed from *first* to *last*."""
        active = self.rows["worker"][: staff.WORKERS - staff.IDLE]
        return self.rng.choice([row for row in active if staff.covers(row, first, last)])

    def place(self, first: dt.date, last: dt.date) -> Row:
        """Return a unit that makes decisions and was in operation from *first* to *last*."""
        units = (row for row in self.rows["unit"] if row["kind"] != staff.SUPPORT)
        return self.rng.choice([row for row in units if staff.covers(row, first, last)])

    def language(self) -> str:
        """Return the language in which a worker happens to write."""
        swedish = self.world.region.systems[self.system].swedish
        return "sv" if self.rng.random() < swedish else "fi"

    def at(self, day: dt.date) -> dt.datetime:
        """Return a time of *day* within office hours."""
        time = dt.time(self.rng.randint(8, 15), self.rng.randint(0, 59))
        return dt.datetime.combine(day, time)
