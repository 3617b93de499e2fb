"""Who can sign: registration number, card, reader and ability of every employed worker."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import polars as pl

from kirjaamo.messages import N_
from kirjaamo.sources.tables import System

ABILITIES: Final = {
    "registration_number": N_("registration number"),
    "card": N_("professional card"),
    "reader": N_("card reader"),
    "can_sign": N_("can sign"),
}
"""Fields of a worker that signing needs."""

RECORDING: Final = {
    "decision": "decision_maker", "document": "author", "entry": "author",
}  # fmt: skip
"""Tables to the field that names who made the record."""


def workers(systems: Sequence[System], as_of: dt.date) -> pl.DataFrame:
    """Return a row for each employed worker, those who record and cannot sign first.

    Returns:
        ``system``, ``worker``, ``name``, ``unit``, `ABILITIES` (null where the export does not
        tell), ``rights`` (access rights in force), ``records`` (made by the worker) and ``ready``.
    """
    frames = [_workers(one, as_of) for one in systems if "worker" in one.tables]
    schema = {
        "system": pl.String, "worker": pl.String, "name": pl.String, "unit": pl.String,
        **dict.fromkeys(ABILITIES, pl.Boolean), "rights": pl.Int64, "records": pl.Int64,
    }  # fmt: skip
    every = pl.concat([pl.DataFrame(schema=schema), *frames])
    able = pl.all_horizontal(pl.col(list(ABILITIES)).fill_null(value=False))
    return every.with_columns(able.alias("ready")).sort(
        "ready", "records", "system", "worker", descending=[False, True, False, False]
    )


def _workers(system: System, as_of: dt.date) -> pl.DataFrame:
    known = system.tables["worker"]
    ended = pl.col("valid_to") < as_of if "valid_to" in known.columns else pl.lit(value=False)
    employed = known.filter(~ended.fill_null(value=False)).unique(
        "worker_id", keep="first", maintain_order=True
    )

    def text(name: str) -> pl.Expr:
        return pl.col(name) if name in known.columns else pl.lit(None, pl.String)

    shown = employed.select(
        pl.lit(system.name).alias("system"),
        pl.col("worker_id").alias("worker"),
        pl.concat_str(text("last_name"), text("first_names"), separator=" ", ignore_nulls=True)
        .alias("name"),
        text("unit").alias("unit"),
        *(_ability(name, known) for name in ABILITIES),
    )  # fmt: skip
    joined = shown.join(_rights(system, as_of), on="worker", how="left", maintain_order="left")
    joined = joined.join(_records(system), on="worker", how="left", maintain_order="left")
    counts = [pl.col(name).fill_null(0).cast(pl.Int64) for name in ("rights", "records")]
    return joined.with_columns(counts)


def _ability(name: str, known: pl.DataFrame) -> pl.Expr:
    if name not in known.columns:
        return pl.lit(None, pl.Boolean).alias(name)
    field = pl.col(name)
    return (field.is_not_null() if name == "registration_number" else field).alias(name)


def _rights(system: System, as_of: dt.date) -> pl.DataFrame:
    known = system.tables.get("access_right")
    if known is None:
        return pl.DataFrame(schema={"worker": pl.String, "rights": pl.UInt32})
    ended = pl.col("valid_to") < as_of if "valid_to" in known.columns else pl.lit(value=False)
    return (
        known.filter(~ended.fill_null(value=False))
        .group_by(pl.col("worker_id").alias("worker"))
        .len("rights")
    )


def _records(system: System) -> pl.DataFrame:
    made = [
        system.tables[table].select(pl.col(by).alias("worker"))
        for table, by in RECORDING.items()
        if table in system.tables and by in system.tables[table].columns
    ]
    every = pl.concat([pl.DataFrame(schema={"worker": pl.String}), *made]).drop_nulls()
    return every.group_by("worker").len("records")


def by_unit(found: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each unit of *found*, what `workers` returns: workers and abilities.

    Returns:
        ``unit``, ``workers``, `ABILITIES`, ``ready`` and ``open``: who make records and are not.
    """
    able = [pl.col(name).fill_null(value=False).sum().alias(name) for name in ABILITIES]
    lacking = (pl.col("records") > 0) & ~pl.col("ready")
    return (
        found.group_by(pl.col("unit").fill_null(""))
        .agg(
            pl.len().alias("workers"), *able, pl.col("ready").sum(), lacking.sum().alias("open")
        )
        .sort("open", "unit", descending=[True, False])
    )
