"""From a relationship or a matter to what belongs to it: events, decisions, clients, place.

Every function takes rows and returns them with more columns, as lazy frames.
"""

import datetime as dt

import polars as pl

from kirjaamo import records
from kirjaamo.audit.care.facts import RELATIONSHIP
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System
from kirjaamo.validators.life_cycle import open_relationship_without_events as rule

NEGATIVE = "2"
"""Outcome of a decision that grants nothing (code list Ratkaisun laji)."""


def table(system: System, name: str, *fields: str) -> pl.LazyFrame:
    """Return a table with exactly the fields asked for; what the export lacks is null."""
    rows = system.tables.get(name)
    schema = records.get(name).schema
    if rows is None:
        place = {SOURCE: pl.String, ROW: pl.UInt64}
        return pl.LazyFrame(schema=place | {field: schema[field] for field in fields})
    has = rows.columns
    columns = [
        pl.col(field) if field in has else pl.lit(None, schema[field]).alias(field)
        for field in fields
    ]
    return rows.lazy().select(SOURCE, ROW, *columns)


def past(rows: pl.LazyFrame, field: str, as_of: dt.date) -> pl.LazyFrame:
    """Return rows without the days of a field that have not come: they are wrong or planned."""
    day = pl.col(field).cast(pl.Date)
    return rows.with_columns(pl.when(day <= as_of).then(day).alias(field))


def with_last_event(system: System, rows: pl.LazyFrame, as_of: dt.date) -> pl.LazyFrame:
    """Return relationships with the day of their last event, as the rule LC002 knows it."""
    return rule.with_last_event(
        past(rows, "start", as_of),
        past(table(system, "decision", "client_id", "relationship_id", "decided"), "decided", as_of),
        past(table(system, "matter", "matter_id", "client_ids", "relationship_id", "opened"), "opened", as_of),
        past(table(system, "document", "client_ids", "matter_id", "authored"), "authored", as_of),
        past(table(system, "entry", "client_id", "matter_id", "event_time"), "event_time", as_of),
    ).drop("start").join(
        rows.select(SOURCE, ROW, "start"), on=[SOURCE, ROW], how="left",
        maintain_order="left",
    )  # fmt: skip


def with_last_event_of_matter(
    system: System, rows: pl.LazyFrame, as_of: dt.date
) -> pl.LazyFrame:
    """Return matters with the day of their last event."""
    days = {"decision": "decided", "document": "authored", "entry": "event_time"}
    events = pl.concat(
        [
            past(table(system, name, "matter_id", day), day, as_of).select(
                "matter_id", pl.col(day).alias("day")
            )
            for name, day in days.items()
        ]
    )
    last = events.group_by("matter_id").agg(pl.col("day").max())
    begun = pl.when(pl.col("opened") <= as_of).then("opened")
    joined = rows.join(last, on="matter_id", how="left", maintain_order="left")
    return joined.with_columns(last_event=pl.max_horizontal(begun, "day")).drop("day")


def _decisions(system: System) -> pl.LazyFrame:
    """Return decisions with the relationship that they name, or that their matter names."""
    wanted = (
        "relationship_id", "matter_id", "outcome", "valid_from", "valid_to",
        "decided", "decision_maker", "unit",
    )  # fmt: skip
    rows = table(system, "decision", *wanted)
    matters = table(system, "matter", "matter_id", "relationship_id").select(
        "matter_id", of_matter="relationship_id"
    )
    once = matters.drop_nulls("matter_id").unique("matter_id", keep="none")
    joined = rows.join(once, on="matter_id", how="left", maintain_order="left")
    return joined.with_columns(relationship_id=pl.coalesce("relationship_id", "of_matter"))


def with_decisions(
    system: System, rows: pl.LazyFrame, key: str, as_of: dt.date
) -> pl.LazyFrame:
    """Return rows with the facts of their decisions, and who made the last one, where."""
    found = _decisions(system).sort("decided", nulls_last=False, maintain_order=True)
    grants = pl.col("outcome").is_null() | (pl.col("outcome") != NEGATIVE)
    lasts = grants & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= as_of))
    endless = (grants & pl.col("valid_to").is_null()).any()
    facts = found.group_by(key).agg(
        decisions=pl.len(), has_valid_decision=lasts.any(),
        decision_end=pl.when(~endless).then(pl.col("valid_to").filter(grants).max()),
        maker=pl.col("decision_maker").drop_nulls().last(),
        decision_unit=pl.col("unit").drop_nulls().last(),
    )  # fmt: skip
    joined = rows.join(facts, on=key, how="left", maintain_order="left")
    return joined.with_columns(
        pl.col("decisions").fill_null(0), pl.col("has_valid_decision").fill_null(value=False)
    )


def with_counts(system: System, rows: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Return rows with the numbers of their entries, documents and, of relationships, matters."""
    matters = table(system, "matter", "matter_id", "relationship_id", "closed")
    of_matter = matters.select("matter_id", "relationship_id").drop_nulls("matter_id")
    of_matter = of_matter.unique("matter_id", keep="none")
    for name, column in (("entry", "entries"), ("document", "documents")):
        found = table(system, name, "matter_id")
        if key == "relationship_id":
            found = found.join(of_matter, on="matter_id", how="left")
        count = found.group_by(key).agg(pl.len().alias(column))
        rows = rows.join(count, on=key, how="left", maintain_order="left")
        rows = rows.with_columns(pl.col(column).fill_null(0))
    if key != "relationship_id":
        return rows
    ended = pl.col("closed").is_not_null()
    count = matters.group_by(key).agg(matters=pl.len(), open_matters=(~ended).sum())
    joined = rows.join(count, on=key, how="left", maintain_order="left")
    return joined.with_columns(pl.col("matters", "open_matters").fill_null(0))


def _clients(system: System) -> pl.LazyFrame:
    rows = table(system, "client", "client_id", "birth_date", "death_date", "municipality")
    return (
        rows.drop(SOURCE, ROW)
        .drop_nulls("client_id")
        .unique("client_id", keep="first", maintain_order=True)
    )


def _age(birth: pl.Expr, as_of: dt.date) -> pl.Expr:
    """Return whole years, with the birthday itself counted."""
    before = pl.lit(as_of.month * 100 + as_of.day) < birth.dt.month().cast(
        pl.Int32
    ) * 100 + birth.dt.day().cast(pl.Int32)
    return (as_of.year - birth.dt.year() - before.cast(pl.Int32)).cast(pl.Int64)


def with_client(system: System, rows: pl.LazyFrame, as_of: dt.date) -> pl.LazyFrame:
    """Return relationships with the facts of their client."""
    found = rows.join(_clients(system), on="client_id", how="left", maintain_order="left")
    return found.with_columns(
        client_died="death_date", client_age=_age(pl.col("birth_date"), as_of)
    )


def with_clients(system: System, rows: pl.LazyFrame, as_of: dt.date) -> pl.LazyFrame:
    """Return matters with the facts of their clients together."""
    each = rows.select(SOURCE, ROW, client_id="client_ids").explode("client_id")
    found = each.join(_clients(system), on="client_id", how="left")
    all_died = pl.col("death_date").is_not_null().all()
    facts = found.group_by(SOURCE, ROW).agg(
        client_died=pl.when(all_died).then(pl.col("death_date").max()),
        client_age=_age(pl.col("birth_date"), as_of).min(),
    )
    return rows.join(facts, on=[SOURCE, ROW], how="left", maintain_order="left")


def with_relationship(system: System, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return matters with the facts of their relationship."""
    wanted = ("relationship_id", "end", "responsible_worker", "unit")
    every = table(system, RELATIONSHIP, *wanted).drop(SOURCE, ROW)
    once = every.drop_nulls("relationship_id").unique(
        "relationship_id", keep="first", maintain_order=True
    )
    found = once.with_columns(relationship_known=pl.lit(value=True))
    joined = rows.join(found, on="relationship_id", how="left", maintain_order="left")
    return joined.with_columns(
        pl.col("relationship_known").fill_null(value=False), relationship_ended="end"
    )


def with_place(system: System, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return rows with their worker and unit, and since when those are gone.

    The unit is the record's own, that of its last decision, or that of its worker; the worker
    is the responsible one or the maker of the last decision.
    """
    own = pl.col("responsible_worker")
    workers = table(system, "worker", "worker_id", "unit", "valid_to").select(
        "worker_id", worker_unit="unit", worker_left="valid_to"
    )
    once = workers.drop_nulls("worker_id").unique(
        "worker_id", keep="first", maintain_order=True
    )
    rows = rows.with_columns(
        worker=pl.coalesce(own, "maker"), worker_known=own.is_not_null()
    ).join(once, left_on="worker", right_on="worker_id", how="left", maintain_order="left")
    rows = rows.with_columns(
        unit=pl.coalesce("unit", "decision_unit", "worker_unit"),
        worker_left=pl.when(own.is_not_null()).then("worker_left"),
    )
    units = table(system, "unit", "unit_id", "name", "valid_to").select(
        "unit_id", unit_name="name", unit_closed="valid_to"
    )
    once = units.drop_nulls("unit_id").unique("unit_id", keep="first", maintain_order=True)
    found = rows.join(
        once, left_on="unit", right_on="unit_id", how="left", maintain_order="left"
    )
    return found.with_columns(unit_name=pl.coalesce("unit_name", "unit"))
