"""One row for each record, with the days that retention is counted from.

A day that has not come, or is not recorded, is empty; `LOST` columns tell which of these days
must have come although no record says when.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from kirjaamo.archive.retention.model import Event
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

EVENTS: tuple[Event, ...] = (
    "birth", "death", "closing", "last_closing", "service_end", "validity_end", "made",
    "superseded",
)  # fmt: skip
KINDS = {"15": "plan", "19": "entry", "11": "decision"}
"""How the number of a document type begins (list 1506): kind of document."""

ADULT, OLDEST = 18, 120
"""Years: below the first a client is a child, above the second no one lives."""

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "system": pl.String, "table": pl.String, SOURCE: pl.String, ROW: pl.UInt64,
    "key": pl.String, "task": pl.String, "kind": pl.String, "child": pl.Boolean,
    **dict.fromkeys(EVENTS, pl.Date),
    "death_lost": pl.Boolean, "closing_lost": pl.Boolean,
}  # fmt: skip
"""Columns of what `facts` returns."""

TABLES = (
    "client", "relationship", "matter", "decision", "document", "entry", "disclosure",
)  # fmt: skip


def facts(
    systems: Sequence[System], as_of: dt.date, kinds: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Return the facts of every record.

    Args:
        systems: Canonical tables by system.
        as_of: Day on which they are judged.
        kinds: The organisation's own document types: kind.

    Returns:
        One row for each record, with the columns of `SCHEMA`.
    """
    frames = [_facts(one, as_of, kinds or {}) for one in systems]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *frames])


def _facts(system: System, as_of: dt.date, own: Mapping[str, str]) -> pl.DataFrame:
    tables = {name: _complete(system, name) for name in TABLES}
    clients = _clients(tables["client"])
    closed = _closed(tables["matter"])
    ends = _service_ends(tables["relationship"])
    found = []
    for name in TABLES:
        frame = _with_client(name, tables[name])
        frame = frame.join(clients, on="client_id", how="left", maintain_order="left")
        frame = frame.join(closed, on="matter_id", how="left", maintain_order="left")
        frame = frame.join(
            ends, on=["client_id", "task"], how="left", maintain_order="left", nulls_equal=True
        )
        found.append(_shaped(system.name, name, frame, as_of, own))
    return pl.concat(found)


_WANTED: dict[str, pl.DataType | type[pl.DataType]] = {
    "client_id": pl.String, "client_ids": pl.List(pl.String), "matter_id": pl.String,
    "birth_date": pl.Date, "death_date": pl.Date, "opened": pl.Date, "closed": pl.Date,
    "is_closed": pl.Boolean, "start": pl.Date, "end": pl.Date, "service_task": pl.String,
    "valid_to": pl.Date, "decided": pl.Date, "authored": pl.Datetime("ms"),
    "event_time": pl.Datetime("ms"), "given": pl.Date, "scope": pl.String,
    "document_type": pl.String, "document_type_name": pl.String, "old_type": pl.String,
    "old_type_name": pl.String,
}  # fmt: skip
_KEYS = {
    "client": "client_id", "relationship": "relationship_id", "matter": "matter_id",
    "decision": "decision_id", "document": "document_id", "entry": "entry_id",
    "disclosure": "document_id",
}  # fmt: skip
_MADE = {
    "decision": "decided", "document": "authored", "entry": "event_time", "disclosure": "given",
    "matter": "opened", "relationship": "start",
}  # fmt: skip


def _complete(system: System, table: str) -> pl.DataFrame:
    """Return a table with every column that is looked at, empty where no source has it."""
    frame = system.tables.get(table, pl.DataFrame(schema={SOURCE: pl.String, ROW: pl.UInt64}))
    wanted = {**_WANTED, _KEYS[table]: pl.String}
    missing = [pl.lit(None, t).alias(n) for n, t in wanted.items() if n not in frame.columns]
    return frame.with_columns(missing)


def _clients(clients: pl.DataFrame) -> pl.DataFrame:
    return (
        clients.select("client_id", birth="birth_date", death="death_date")
        .drop_nulls("client_id")
        .group_by("client_id")
        .agg(pl.col("birth").drop_nulls().first(), pl.col("death").drop_nulls().max())
    )


def _closed(matters: pl.DataFrame) -> pl.DataFrame:
    """Return of every matter when it closed, and of disability matters when the last one did."""
    first = pl.col("client_ids").list.first()
    known = matters.select(
        "matter_id", "opened", closing="closed", is_closed=pl.col("is_closed").fill_null(value=False),
        whose=pl.coalesce("client_id", first), matter_task="service_task",
    ).drop_nulls("matter_id").unique("matter_id", keep="first", maintain_order=True)  # fmt: skip
    every = pl.col("closing").is_not_null().all().over("whose", "matter_task")
    last = pl.col("closing").max().over("whose", "matter_task")
    return known.with_columns(
        last_closing=pl.when(every & pl.col("whose").is_not_null()).then(last),
        matter_opened="opened",
    ).drop("whose", "opened")


def _service_ends(relationships: pl.DataFrame) -> pl.DataFrame:
    """Return when the relationships of a client in a service task ended, if all have."""
    return (
        relationships.drop_nulls("client_id")
        .group_by("client_id", task="service_task")
        .agg(
            pl.when(pl.col("end").is_not_null().all())
            .then(pl.col("end").max())
            .alias("service_end"),
            pl.lit(value=True).alias("related"),
        )
    )


def _with_client(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each client of each record; what is of several is kept for all of them."""
    if table == "disclosure":
        later = pl.col("given").shift(-1).over("client_id", "scope", order_by="given")
        frame = frame.with_columns(superseded=later)
    else:
        frame = frame.with_columns(superseded=pl.lit(None, pl.Date))
    several = pl.when(pl.col("client_ids").list.len() > 0).then("client_ids")
    whose = pl.coalesce(several, pl.concat_list("client_id"))
    return frame.with_columns(client_id=whose, task="service_task").explode("client_id")


def _shaped(
    system: str, table: str, frame: pl.DataFrame, as_of: dt.date, own: Mapping[str, str]
) -> pl.DataFrame:
    made = pl.col(_MADE[table]).cast(pl.Date) if table in _MADE else pl.lit(None, pl.Date)
    kind = _kind(table, own)
    opened = pl.coalesce("matter_opened", made)
    older = pl.col("birth").dt.offset_by(f"{ADULT}y") <= opened
    still = ~pl.col("related").fill_null(value=False) | pl.col("service_end").is_not_null()
    ended = (
        pl.coalesce("end", "service_end") if table == "relationship" else pl.col("service_end")
    )
    return frame.select(
        pl.lit(system).alias("system"), pl.lit(table).alias("table"), SOURCE,
        pl.col(ROW).cast(pl.UInt64), pl.col(_KEYS[table]).cast(pl.String).alias("key"),
        pl.coalesce("task", "matter_task").alias("task"), kind.alias("kind"),
        (~older).alias("child"), "birth", "death", "closing",
        pl.when(still).then("last_closing").alias("last_closing"),
        ended.alias("service_end"), pl.col("valid_to").alias("validity_end"),
        made.alias("made"), "superseded",
        (
            pl.col("death").is_null() & (pl.col("birth").dt.offset_by(f"{OLDEST}y") < as_of)
        ).fill_null(value=True).alias("death_lost"),
        (
            pl.col("matter_task").is_null() & pl.col("closing").is_null()
            | pl.col("is_closed_right" if "is_closed_right" in frame.columns else "is_closed")
            & pl.col("closing").is_null()
        ).fill_null(value=True).alias("closing_lost"),
    )  # fmt: skip


def _kind(table: str, own: Mapping[str, str]) -> pl.Expr:
    """Return the kind of document: the organisation's own word first, then the national type."""
    if table in {"client", "relationship"}:
        return pl.lit("relationship")
    if table == "disclosure":
        earlier = pl.col("superseded").is_not_null()
        return (
            pl.when(earlier).then(pl.lit("earlier_permission")).otherwise(pl.lit("permission"))
        )
    said = [
        pl.col(name).replace_strict(own, default=None, return_dtype=pl.String)
        for name in ("old_type", "old_type_name", "document_type", "document_type_name")
        if own
    ]
    number = pl.col("document_type").str.extract("^(15|19|11)(?:[0-9]{3})?$")
    national = number.replace_strict(KINDS, default=None, return_dtype=pl.String)
    plain = {"decision": "decision", "entry": "entry"}.get(table, "other")
    return pl.coalesce(*said, national, pl.lit(plain))
