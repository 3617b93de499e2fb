"""Asking every measure of every record."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from kirjaamo import records
from kirjaamo.audit.copies import Copies
from kirjaamo.audit.definition import Measure
from kirjaamo.audit.ground import prepared
from kirjaamo.audit.measures import measures
from kirjaamo.audit.words import Words
from kirjaamo.audit_settings import Audit
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_
from kirjaamo.rules import CannotRun, Place
from kirjaamo.sources.tables import System

CANNOT_RECORD = N_("the system cannot record it")
NOT_IN_EXPORT = N_("the export does not have it")


@dataclass(frozen=True, slots=True)
class Terms:
    """What measures are asked with.

    Attributes:
        as_of: The day that counts as today.
        settings: Thresholds and sizes of groups.
        words: Lists of words.
        codes: Code lists.
    """

    as_of: dt.date
    settings: Audit
    words: Words
    codes: Codes


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A place that a measure could not judge, and why; the reason is a catalogue sentence."""

    measure: str
    system: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Every judged table with one column of verdicts for each place of a measure.

    Attributes:
        tables: The prepared rows of each system and table, with columns named like
            ``RQ001``: true where the record is flawed, null where it cannot be judged.
        asked: Measures that judged at least one table.
        left: What was not judged.
        as_of: The day of the audit.
    """

    tables: Mapping[tuple[str, str], pl.DataFrame]
    asked: tuple[str, ...]
    left: tuple[NotJudged, ...]
    as_of: dt.date

    @property
    def rows(self) -> int:
        """Return the number of records."""
        return sum(rows.height for rows in self.tables.values())


def judged(systems: Sequence[System], terms: Terms, chosen: Sequence[str] = ()) -> Judged:
    """Ask the chosen measures, or all, of every record."""
    wanted = [one for code, one in measures().items() if not chosen or code in chosen]
    tables: dict[tuple[str, str], pl.DataFrame] = {}
    left: list[NotJudged] = []
    for system in systems:
        grounds = prepared(system, terms.as_of, terms.settings.months)
        for table, rows in grounds.items():
            answers = list(_answers(wanted, table, rows, system, terms))
            left += [answer for answer in answers if isinstance(answer, NotJudged)]
            columns = [answer for answer in answers if isinstance(answer, pl.Series)]
            tables[system.name, table] = rows.with_columns(columns)
    known = {name for rows in tables.values() for name in rows.columns}
    asked = tuple(one.code for one in wanted if one.code in known)
    return Judged(tables, asked, tuple(left), terms.as_of)


def _answers(
    wanted: Sequence[Measure], table: str, rows: pl.DataFrame, system: System, terms: Terms
) -> Iterator[pl.Series | NotJudged]:
    """Yield the verdicts of every measure on one table, or why it has none."""
    beside = {"rows": rows, "copies": Copies(rows)}
    for one in wanted:
        for place in (place for place in one.places if place.table == table):
            try:
                yield verdicts(one, place, system, terms, beside).alias(one.code)
            except CannotRun as error:
                name = f"{place.table}.{place.field}"
                yield NotJudged(one.code, system.name, name, error.reason)


def verdicts(
    one: Measure, place: Place, system: System, terms: Terms, beside: Mapping[str, Any]
) -> pl.Series:
    """Return the verdicts of a measure at a place.

    Args:
        one: The measure.
        place: Where.
        system: What was read, for what it cannot record.
        terms: What measures are asked with.
        beside: ``rows``, the records, and ``copies``, the near copies among them.

    Raises:
        CannotRun: It cannot judge there.
    """
    fields, rows = one.fields(place), beside["rows"]
    if any(f"{place.table}.{field}" in system.cannot for field in fields):
        raise CannotRun(CANNOT_RECORD)
    if not set(fields) <= set(rows.columns):
        raise CannotRun(NOT_IN_EXPORT)
    known = {"as_of": terms.as_of, "codes": terms.codes, "words": terms.words, **beside}
    known |= {"table": (table := records.get(place.table)), "field": table[place.field]}
    given = {
        name: known[name] if name in known else one.value_of(name, terms.settings.thresholds)
        for name in one.given()
    }
    answer = one.judge(*map(pl.col, fields), **given)
    found = rows.select(answer).to_series() if isinstance(answer, pl.Expr) else answer
    return found.cast(pl.Boolean)
