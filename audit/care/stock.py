"""Relationships and matters with their facts, one column for each, for one system at a time.

Only what the export tells is there: a fact whose fields are missing is named in
`Stock.unknown`, and a condition on it is neither true nor false.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo.audit.care import facts, links
from kirjaamo.audit.care.facts import MATTER, RELATIONSHIP, Kind
from kirjaamo.audit.care.links import table
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

READ = ("client", "decision", "document", "entry", "matter", "relationship", "unit", "worker")
"""The canonical tables that data care reads."""

TEXTS = ("relationship.end", "matter.closed", "client.death_date")
"""Fields of which it matters whether a missing day is empty or cannot be read."""

IDENTITY = ("system", "record", "client", "worker", "unit_name", "open", "shown_year")
"""Columns beside the facts: whose and where, whether it is open, and the year of tables."""

_DTYPES = {
    Kind.DAY: pl.Date,
    Kind.NUMBER: pl.Int64,
    Kind.FLAG: pl.Boolean,
    Kind.CODE: pl.String,
}


@dataclass(frozen=True, slots=True)
class Stock:
    """The relationships or matters of one system.

    Attributes:
        system: Its name.
        subject: ``relationship`` or ``matter``.
        frame: A row for each record: ``_source``, ``_row``, `IDENTITY`, and the facts of the
            subject.
        unknown: Facts that the export cannot tell.
    """

    system: str
    subject: str
    frame: pl.DataFrame
    unknown: frozenset[str]


def stocks(systems: Sequence[System], as_of: dt.date) -> list[Stock]:
    """Return the relationships and matters of systems.

    Args:
        systems: What was read, with the raw texts of `TEXTS`.
        as_of: The day that counts as today.
    """
    made = ((RELATIONSHIP, _relationships), (MATTER, _matters))
    return [
        _finished(system, subject, build(system, as_of))
        for system in systems
        for subject, build in made
        if subject in system.tables
    ]


def _finished(system: System, subject: str, rows: pl.LazyFrame) -> Stock:
    """Return rows with exactly the columns of a stock."""
    has = {
        f"{table}.{name}" for table, frame in system.tables.items() for name in frame.columns
    }
    every = facts.of(subject)
    unknown = frozenset(name for name, fact in every.items() if not has.issuperset(fact.needs))
    columns = [
        (pl.lit(None) if name in unknown else pl.col(name)).cast(_DTYPES[fact.kind]).alias(name)
        for name, fact in every.items()
    ]
    year = pl.coalesce("last_event", "opened").dt.year().cast(pl.String)
    rows = rows.with_columns(system=pl.lit(system.name), shown_year=year)
    return Stock(
        system.name, subject, rows.select(SOURCE, ROW, *IDENTITY, *columns).collect(), unknown
    )


def is_open(system: System, name: str, field: str) -> pl.Expr:
    """Return whether a record has no end: a day that cannot be read is an end all the same."""
    rows = system.tables[name]
    if field not in rows.columns:
        return pl.lit(value=True)
    empty = pl.col(field).is_null()
    return empty & pl.col(f"{field}_raw").is_null() if f"{field}_raw" in rows.columns else empty


def _relationships(system: System, as_of: dt.date) -> pl.LazyFrame:
    rows = system.tables[RELATIONSHIP].lazy()
    wanted = (
        "relationship_id",
        "client_id",
        "service_task",
        "start",
        "responsible_worker",
        "unit",
    )
    opened = rows.select(SOURCE, ROW, open=is_open(system, RELATIONSHIP, "end"))
    base = pl.concat(
        [table(system, RELATIONSHIP, *wanted), opened.select("open")], how="horizontal"
    )
    base = links.with_last_event(system, base, as_of)
    base = links.with_decisions(system, base, "relationship_id", as_of)
    base = links.with_counts(system, base, "relationship_id")
    base = links.with_client(system, base, as_of)
    base = links.with_place(system, base)
    twin = pl.len().over("client_id", "service_task", "open") - 1
    told = pl.col("client_id").is_not_null() & pl.col("service_task").is_not_null()
    return base.with_columns(
        record="relationship_id", opened="start", client="client_id",
        same_task_open=pl.when(told & pl.col("open")).then(twin).otherwise(0),
    )  # fmt: skip


def _matters(system: System, as_of: dt.date) -> pl.LazyFrame:
    wanted = ("matter_id", "client_ids", "relationship_id", "service_task", "opened")
    opened = system.tables[MATTER].lazy().select(open=is_open(system, MATTER, "closed"))
    base = pl.concat([table(system, MATTER, *wanted), opened], how="horizontal")
    if "is_closed" in system.tables[MATTER].columns:
        marked = system.tables[MATTER].lazy().select("is_closed")
        base = pl.concat([base, marked], how="horizontal").with_columns(
            open=pl.col("open") & ~pl.col("is_closed").fill_null(value=False)
        )
    base = links.with_last_event_of_matter(system, base, as_of)
    base = links.with_decisions(system, base, "matter_id", as_of)
    base = links.with_counts(system, base, "matter_id")
    base = links.with_clients(system, base, as_of)
    base = links.with_relationship(system, base)
    base = links.with_place(system, base)
    return base.with_columns(record="matter_id", client=pl.col("client_ids").list.join(", "))
