"""The tables of the report: rows as people read them, in the language in use."""

from collections.abc import Iterator, Sequence

import polars as pl

from kirjaamo.archive.readiness.client_view import ADVICE, CHECKS
from kirjaamo.archive.readiness.counting import STATES
from kirjaamo.archive.readiness.report import Report
from kirjaamo.archive.readiness.staff import ABILITIES, by_unit
from kirjaamo.messages import N_, gettext
from kirjaamo.records import ROW, SOURCE, tables
from kirjaamo.tabular import Cell
from kirjaamo.wording import day, number, points, visible

AREAS = (N_("Area"), N_("State"), N_("In order"), N_("Of"))
FIGURES = (N_("Area"), N_("What"), N_("Number"))
BLOCKERS = (N_("Area"), N_("What is open"))
ENTRIES = (
    N_("Item of the plan"),
    N_("Section of Act 703/2023"),
    N_("In order since"),
    N_("Owner"),
    N_("Evidence"),
)
UNITS = (
    N_("System"),
    N_("Unit"),
    N_("Name"),
    N_("OID"),
    N_("Faults"),
    N_("Records"),
    N_("Ready"),
)
VIEW = (
    N_("What"),
    N_("Places"),
    N_("Of a thousand records"),
    N_("What to do"),
    N_("Not looked at in"),
)
STAFF = (
    N_("Unit"), N_("Workers"), *ABILITIES.values(), N_("Ready"), N_("Record and are not ready"),
)  # fmt: skip
PERSONS = (
    N_("System"), N_("Worker"), N_("Name"), N_("Unit"), *ABILITIES.values(), N_("Access rights"),
    N_("Records"), N_("Ready"),
)  # fmt: skip
PLACES = (N_("What"), N_("System"), N_("Table"), N_("Source"), N_("Row"))


def headings(names: Sequence[str]) -> list[str]:
    """Return headings in the language in use, with a capital."""
    told = [gettext(name) for name in names]
    return [name[:1].upper() + name[1:] for name in told]


def areas(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each area."""
    for area in told.areas:
        yield area.name, gettext(STATES[area.state]), area.done, area.total


def figures(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield every number of every area."""
    for area in told.areas:
        yield from ((area.name, *pair) for pair in area.figures)


def entries(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield the entries of the self-monitoring plan."""
    for one in told.entries:
        done = day(one.done) if one.done else gettext("no")
        yield visible(one.name), one.section, done, visible(one.owner), visible(one.evidence)


def units(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield the units, the least ready first."""
    for row in told.units.iter_rows(named=True):
        yield (
            row["system"], visible(row["unit"]), visible(row["name"]), _yes(row["has_oid"]),
            row["faults"], row["records"], _yes(row["ready"]),
        )  # fmt: skip


def view(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield what a client would see wrong."""
    for row in told.view.iter_rows(named=True):
        share = points(1000 * row["share"], 1)
        name = row["check"]
        yield gettext(CHECKS[name]), row["count"], share, gettext(ADVICE[name]), row["left"]


def staff(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield the units with how many of their workers can sign; nobody is named."""
    for row in by_unit(told.staff).iter_rows():
        unit, *counts = row
        yield (visible(unit) or gettext("(no unit)"), *counts)


def persons(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield every worker by name: only for what is revealed."""
    for row in told.staff.iter_rows(named=True):
        yield (
            row["system"], visible(row["worker"]), visible(row["name"]), visible(row["unit"]),
            *(_yes(row[name]) for name in ABILITIES), row["rights"], row["records"],
            _yes(row["ready"]),
        )  # fmt: skip


def places(told: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield where a client would see something wrong."""
    names = {name: str(one.label) for name, one in tables().items()}
    for row in told.places.select("check", "system", "table", SOURCE, pl.col(ROW)).iter_rows():
        check, system, table, source, line = row
        yield gettext(CHECKS[check]), system, names.get(table, table), visible(source), line


def written(rows: Iterator[tuple[Cell, ...]]) -> list[tuple[str, ...]]:
    """Return rows with their numbers as people read them."""
    return [
        tuple(number(cell) if isinstance(cell, int) else str(cell or "") for cell in row)
        for row in rows
    ]


def _yes(value: object) -> str:
    return "" if value is None else gettext("yes") if value else gettext("no")
