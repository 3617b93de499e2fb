"""The tables of a system as the rules of access rights want them.

Workers, units and rights often come from systems of their own (personnel, identity management).
A system without workers or units is given those of the other systems, by their identifiers.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from kirjaamo import records
from kirjaamo.audit.access import rule_table
from kirjaamo.audit.access.errors import NoRightsError
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

RECORDED: Final = {
    "document": ("author", "authored"),
    "decision": ("decision_maker", "decided"),
    "entry": ("author", "recorded_time"),
}
"""Table of records to the fields of who made one, and when."""

READ: Final = ("worker", "unit", "access_right", *RECORDED)
"""Canonical tables that the access audit looks at."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What rights are held against.

    Attributes:
        as_of: The day of the audit.
        table: The rule table (`rule_table.read`); None when there is none.
        sensitive: Codes of sensitive service tasks.
        thresholds: Rule code to its settings.
    """

    as_of: dt.date
    table: pl.DataFrame | None = None
    sensitive: tuple[str, ...] = ()
    thresholds: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Access:
    """One system as rules see it.

    Attributes:
        system: Its name.
        frames: ``rights``, ``workers``, ``units`` and ``activity``, with every field of the
            record model; ``workers`` and ``rights`` also have ``role`` and whether they hold.
        listed: Identifiers of workers, also those that stand on several rows.
        told: ``table.field`` names that the export has.
        cannot: ``table.field`` names that the system cannot record.
        columns: ``table.field`` to the person's own column.
    """

    system: str
    frames: dict[str, pl.DataFrame]
    listed: pl.Series
    told: frozenset[str]
    cannot: frozenset[str]
    columns: dict[str, str]


def accesses(systems: Sequence[System], terms: Terms) -> list[Access]:
    """Return the systems that have workers or rights.

    Raises:
        NoRightsError: None has.
    """
    found = [one for one in systems if {"worker", "access_right"} & set(one.tables)]
    if not found:
        raise NoRightsError
    return [_access(one, systems, terms) for one in found]


def _access(system: System, systems: Sequence[System], terms: Terms) -> Access:
    tables = {name: _table(system, systems, name) for name in READ}
    told = frozenset(
        f"{name}.{column}"
        for name, rows in tables.items()
        for column in rows.columns
        if column not in {SOURCE, ROW}
    )
    columns = {place: name for one in systems for place, name in one.columns.items()}
    listed = _whole("worker", tables["worker"])
    workers = _workers(listed, terms.as_of)
    frames = {
        "workers": workers,
        "units": _whole("unit", tables["unit"]),
        "rights": _rights(_whole("access_right", tables["access_right"]), workers, terms.as_of),
        "activity": _activity(tables),
    }
    own = columns | dict(system.columns)
    return Access(system.name, frames, listed["worker_id"], told, system.cannot, own)


def _table(system: System, systems: Sequence[System], name: str) -> pl.DataFrame:
    """Return a table of a system; workers and units of the others where it has none."""
    own = system.tables.get(name)
    borrowed = name in {"worker", "unit"}
    others = [one.tables[name] for one in systems if name in one.tables] if borrowed else []
    given = [own] if own is not None else others
    nothing = pl.DataFrame(schema={SOURCE: pl.String, ROW: pl.UInt64})
    return pl.concat(given, how="diagonal") if given else nothing


def _whole(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with every field of their table, null where the export has none."""
    lacking = [
        pl.lit(None, one.dtype).alias(column)
        for column, one in records.get(name).fields.items()
        if column not in rows.columns
    ]
    return rows.with_columns(lacking)


def holds(day: dt.date) -> pl.Expr:
    """Return whether ``valid_from`` to ``valid_to`` covers a day; a missing day limits nothing."""
    began = pl.col("valid_from").fill_null(dt.date.min) <= day
    return began & (pl.col("valid_to").fill_null(dt.date.max) >= day)


def _workers(rows: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """Return workers with ``role`` and ``employed``; an identifier on two rows is nobody."""
    known = rows.drop_nulls("worker_id").unique("worker_id", keep="none", maintain_order=True)
    return known.with_columns(role=rule_table.role(pl.col("position")), employed=holds(day))


def _rights(rows: pl.DataFrame, workers: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """Return rights with ``in_force`` and what is known of their worker."""
    beside = workers.select(
        "worker_id", "role", "employed", worker_unit="unit", worker_from="valid_from",
        worker_to="valid_to",
    )  # fmt: skip
    return rows.with_columns(in_force=holds(day)).join(
        beside, on="worker_id", how="left", maintain_order="left"
    )


def _activity(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Return ``worker_id``, ``service_task`` and ``last``, the day of the last record."""
    parts = [
        tables[name].select(
            worker_id=who, service_task="service_task", last=pl.col(day).cast(pl.Date)
        )
        for name, (who, day) in RECORDED.items()
        if {who, day, "service_task"} <= set(tables[name].columns)
    ]
    schema = {"worker_id": pl.String, "service_task": pl.String, "last": pl.Date}
    every = pl.concat([pl.DataFrame(schema=schema), *parts]).drop_nulls()
    return every.group_by("worker_id", "service_task", maintain_order=True).agg(
        pl.col("last").max()
    )
