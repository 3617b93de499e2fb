"""The report as one object, from which page, workbook and terminal are made."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo.archive.readiness import client_view, counting
from kirjaamo.archive.readiness.client_view import Judged
from kirjaamo.archive.readiness.counting import Area
from kirjaamo.archive.readiness.entries import Entry
from kirjaamo.archive.readiness.staff import workers
from kirjaamo.sources.tables import System
from kirjaamo.workspace import Settings

DOCUMENTS = ("decision", "document", "entry")
"""Tables whose records a client can see."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a report is made from.

    Attributes:
        settings: The settings of the workspace.
        as_of: The day that counts as today.
        systems: Canonical tables by system.
        kinds: The kinds of the survey with their outcomes.
        coverage: How much of each list of old codes is mapped.
        entries: The self-monitoring plan.
        states: Documents by state, as the ledger counts.
        judged: What a client would see wrong.
    """

    settings: Settings
    as_of: dt.date
    systems: Sequence[System]
    kinds: pl.DataFrame
    coverage: pl.DataFrame
    entries: Sequence[Entry]
    states: Mapping[str, int]
    judged: Judged


@dataclass(frozen=True, slots=True)
class Report:
    """How ready an organisation is.

    Attributes:
        organisation: Its name.
        as_of: The day of the report.
        areas: The areas in order.
        units: The coding report of units.
        staff: Every employed worker; named only in what is revealed.
        entries: The self-monitoring plan.
        view: What a client would see wrong, counted by check.
        places: Where; no value of a record.
    """

    organisation: str
    as_of: dt.date
    areas: tuple[Area, ...]
    units: pl.DataFrame
    staff: pl.DataFrame
    entries: Sequence[Entry]
    view: pl.DataFrame
    places: pl.DataFrame

    @property
    def ready(self) -> int:
        """Return how many areas are ready."""
        return sum(area.state is counting.State.READY for area in self.areas)

    @property
    def blockers(self) -> list[tuple[str, str]]:
        """Return the area and the sentence of everything that is open."""
        return [(area.name, one) for area in self.areas for one in area.blockers]


def report(ground: Ground) -> Report:
    """Return the report of an organisation."""
    own = ground.settings.organisation
    records = sum(
        one.tables[table].height for one in ground.systems for table in DOCUMENTS
        if table in one.tables
    )  # fmt: skip
    view = client_view.counted(ground.judged, records)
    units, coded = counting.units(ground.systems, own.oid, ground.as_of)
    staff = workers(ground.systems, ground.as_of)
    areas = (
        counting.survey(ground.kinds),
        counting.mappings(ground.coverage),
        counting.organisation(ground.settings),
        counting.registers(ground.systems, own.controller),
        units,
        counting.signing(staff),
        counting.self_monitoring(ground.entries),
        counting.client_view(view, client_view.CHECKS, records),
        counting.hand_over(ground.states),
    )
    return Report(
        own.name, ground.as_of, areas, coded, staff, ground.entries, view, ground.judged.found
    )
