"""Records with what measures and scores ask of them beside their own fields.

To every record of a judged table are added its unit, service task, kind, month, worker and
client, and the service task of its matter.  What a system does not tell is null.
"""

import datetime as dt
from collections.abc import Mapping

import polars as pl

from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

READ = ("client", "decision", "document", "entry", "matter", "unit", "worker")
"""The canonical tables that an audit reads."""

GROUPS = ("unit", "task", "kind", "period")
"""The columns by which scores are told."""

_DAY = {"entry": "event_time", "document": "authored", "decision": "decided"}
_WORKER = {"entry": "author", "document": "author", "decision": "decision_maker"}
_KIND = {"entry": "entry", "decision": "decision", "matter": "matter"}
_NO_TEXT = pl.lit(None, pl.String)

MATTER_TASK = "matter_task"
"""Column of the service task that the record's matter has."""


def prepared(system: System, as_of: dt.date, months: int) -> dict[str, pl.DataFrame]:
    """Return the judged tables of a system with the columns of `GROUPS`.

    Args:
        system: What was read.
        as_of: The day that counts as today.
        months: Newest months that are told one by one; older records are told by year.
    """
    wanted = [
        name for name in ("entry", "document", "decision", "matter") if name in system.tables
    ]
    return {name: _with_groups(system, name, as_of, months) for name in wanted}


def _with_groups(system: System, table: str, as_of: dt.date, months: int) -> pl.DataFrame:
    """Return one table with its groups."""
    rows = system.tables[table]
    rows = _with_matter(rows, system.tables, table)
    rows = rows.with_columns(
        worker=_field(rows, _WORKER.get(table, "")), day=_day(rows, _day_field(table))
    )
    rows = _with_unit(rows, system.tables)
    kind = _field(rows, "document_type") if table == "document" else pl.lit(_KIND[table])
    return rows.with_columns(
        unit_no=pl.col("own_unit"),
        unit=pl.col("unit_name"),
        task=_field(rows, "service_task"),
        kind=kind,
        period=_period(pl.col("day"), as_of, months),
        system=pl.lit(system.name),
    ).drop("own_unit", "unit_name")


def _day_field(table: str) -> str:
    return _DAY.get(table, "opened")


def _field(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in rows.columns else _NO_TEXT


def _day(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Date) if name in rows.columns else pl.lit(None, pl.Date)


def _period(day: pl.Expr, as_of: dt.date, months: int) -> pl.Expr:
    """Return the month of a new record, the year of an older one; null without a day.

    A day after *as_of* is wrong, so that its time is not known.
    """
    first = as_of.year * 12 + as_of.month - 1 - months
    month = day.dt.year().cast(pl.Int32) * 12 + day.dt.month().cast(pl.Int32) - 1
    told = (
        pl.when(month > first).then(day.dt.strftime("%Y-%m")).otherwise(day.dt.strftime("%Y"))
    )
    return pl.when(day <= as_of).then(told)


def _with_matter(
    rows: pl.DataFrame, tables: Mapping[str, pl.DataFrame], table: str
) -> pl.DataFrame:
    """Return the rows with the service task of their matter."""
    matters = tables.get("matter")
    known = matters is not None and {"matter_id", "service_task"} <= set(matters.columns)
    if table == "matter" or not known or "matter_id" not in rows.columns:
        return rows.with_columns(_NO_TEXT.alias(MATTER_TASK))
    assert matters is not None, "tested above"  # noqa: S101 - for the type checker
    once = matters.filter(pl.col("matter_id").is_not_null()).unique(
        "matter_id", keep="first", maintain_order=True
    )
    tasks = once.select("matter_id", pl.col("service_task").alias(MATTER_TASK))
    return rows.join(tasks, on="matter_id", how="left", maintain_order="left")


def _with_unit(rows: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the rows with number and name of their unit: their own, or that of the worker."""
    own = _field(rows, "unit")
    rows = rows.with_columns(own_unit=own).drop("unit", strict=False)
    for table, key, mine in (
        ("worker", "worker_id", "worker"),
        ("decision", "matter_id", "matter_id"),
    ):
        other = tables.get(table)
        if other is None or mine not in rows.columns or not {key, "unit"} <= set(other.columns):
            continue
        places = _once(other, key, "unit").rename({key: mine, "unit": "found_unit"})
        rows = rows.join(places, on=mine, how="left", maintain_order="left")
        rows = rows.with_columns(own_unit=pl.coalesce("own_unit", "found_unit")).drop(
            "found_unit"
        )
    return _with_unit_name(rows, tables.get("unit"))


def _with_unit_name(rows: pl.DataFrame, units: pl.DataFrame | None) -> pl.DataFrame:
    if units is None or not {"unit_id", "name"} <= set(units.columns):
        return rows.with_columns(unit_name=pl.col("own_unit"))
    names = _once(units, "unit_id", "name").rename({"unit_id": "own_unit", "name": "found"})
    found = rows.join(names, on="own_unit", how="left", maintain_order="left")
    return found.with_columns(unit_name=pl.coalesce("found", "own_unit")).drop("found")


def _once(rows: pl.DataFrame, key: str, value: str) -> pl.DataFrame:
    """Return every key once with the first value that is known."""
    known = rows.select(key, value).drop_nulls()
    return known.unique(key, keep="first", maintain_order=True)


PLACE = (SOURCE, ROW)
"""Where a record stands in the export."""
