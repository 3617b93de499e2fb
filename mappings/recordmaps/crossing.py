"""Crosswalks as a record map needs them: one old value of one case at a time.

Only approved rows count.  A row for the unit of the record comes before a row for every unit.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from kirjaamo.mappings.recordmaps.computing import Make, of_field, row
from kirjaamo.mappings.recordmaps.model import Case

LOCAL = "local:"
"""How the source of a crosswalk from a system's own list begins."""

DAYS = {
    "decision": "decision.decided",
    "relationship": "relationship.start",
    "matter": "matter.opened",
    "entry": "entry.event_time",
}
"""Table to the day on which a crosswalk must be in force."""


class Crosswalk(Protocol):
    """What is asked of `kirjaamo.mappings.crosswalk.Crosswalk`."""

    @property
    def name(self) -> str:
        """Return its name."""

    @property
    def source(self) -> str:
        """Return ``local:<system>:<field>``, or the OID of the old list."""

    @property
    def target(self) -> str:
        """Return the OID of the new list."""

    @property
    def rows(self) -> pl.DataFrame:
        """Return the rows: old, unit, new, status, valid_from, valid_to."""


@dataclass(frozen=True, slots=True)
class _Row:
    unit: str | None
    new: str
    start: dt.date | None
    end: dt.date | None

    def covers(self, day: dt.date | None) -> bool:
        """Return whether it is in force; without a day only a row without dates is."""
        if day is None:
            return self.start is None and self.end is None
        return (self.start is None or self.start <= day) and (
            self.end is None or day <= self.end
        )


def suitable(crosswalks: Mapping[str, Crosswalk], field: str, target: str) -> list[Crosswalk]:
    """Return the crosswalks from a field of some system, or from its old list, to a code list."""
    key = field.partition(".")[2]
    return [
        one
        for _, one in sorted(crosswalks.items())
        if one.target == target
        and one.source.startswith(LOCAL)
        and one.source.rpartition(":")[2] in {field, key}
    ]


def crossed(crosswalks: Mapping[str, Crosswalk], field: str, target: str, of: str) -> Make:
    """Return what gives the new code of an old value, None where no approved row does.

    Args:
        crosswalks: Those in use.
        field: Of the old record, as ``table.field``.
        target: OID of the list on which the code must be.
        of: Table of the map; tells the day that counts.
    """
    value, on = of_field(field), of_field(DAYS[of])
    systems = {
        one.source.split(":")[1]: _by_old(one.rows)
        for one in suitable(crosswalks, field, target)
    }
    only = next(iter(systems.values())) if len(systems) == 1 else {}

    def make(case: Case) -> str | None:
        old: object = value(case)
        if old is None or not systems:
            return None
        system = row(case, "source").get("system")
        rows = (only if system is None else systems.get(str(system), {})).get(_word(old), ())
        day, unit = on(case), row(case, "unit").get("unit_id")
        day = day.date() if isinstance(day, dt.datetime) else day
        fitting = (one for one in rows if one.unit in {None, unit} and one.covers(day))
        return next((one.new for one in fitting), None)

    return make


def _word(old: object) -> str:
    """Return an old value as crosswalks write it.

    >>> _word(True), _word(7)
    ('true', '7')
    """
    return str(old).lower() if isinstance(old, bool) else str(old)


def _by_old(rows: pl.DataFrame) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    approved = rows.filter((pl.col("status") == "approved") & pl.col("new").is_not_null())
    ordered = approved.sort(pl.col("unit").is_null(), "valid_from", nulls_last=True)
    columns = ordered.select("old", "unit", "new", "valid_from", "valid_to")
    for old, unit, new, start, end in columns.iter_rows():
        found.setdefault(str(old), []).append(_Row(unit, new, start, end))
    return found
