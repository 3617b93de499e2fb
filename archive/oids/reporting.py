"""The OID coding report: how far the units of each system are coded, for the readiness list."""

from collections.abc import Sequence

import polars as pl

from kirjaamo.archive.oids.checking import NOTES, USES, units
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

COLUMNS = (
    N_("system"), N_("unit"), N_("name"), N_("has oid"), N_("faults"), N_("ends"),
    N_("records"), N_("ready"), N_("check"), N_("count"), N_("places"), N_("oid"),
)  # fmt: skip


_SCHEMA = {
    "system": pl.String, "unit": pl.String, "name": pl.String, "has_oid": pl.Boolean,
    "faults": pl.UInt32, "ends": pl.Date, "records": pl.UInt32, "ready": pl.Boolean,
}  # fmt: skip


def report(systems: Sequence[System], found: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each unit, the least ready and most used first.

    Args:
        systems: Canonical tables by system.
        found: As `kirjaamo.archive.oids.checking.check` returns it.

    Returns:
        ``system``, ``unit``, ``name``, ``has_oid``, ``faults``, ``ends``, ``records`` and
        ``ready``: an OID without fault.
    """
    wrong = (
        found.filter((pl.col("table") == "unit") & ~pl.col("check").is_in(NOTES))
        .group_by(SOURCE, ROW)
        .len("faults")
    )
    frames = [_report(one, wrong) for one in systems]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *frames]).sort(
        "ready", "records", "unit", descending=[False, True, False]
    )


def _report(system: System, wrong: pl.DataFrame) -> pl.DataFrame:
    register = units(system).unique("unit_id", keep="first", maintain_order=True)
    joined = register.join(wrong, on=[SOURCE, ROW], how="left", maintain_order="left")
    counted = joined.join(_used(system), on="unit_id", how="left", maintain_order="left")
    faults = pl.col("faults").fill_null(0)
    return counted.select(
        pl.lit(system.name).alias("system"),
        pl.col("unit_id").alias("unit"),
        pl.col("name").fill_null(""),
        pl.col("oid").is_not_null().alias("has_oid"),
        faults.alias("faults"),
        pl.col("valid_to").alias("ends"),
        pl.col("records").fill_null(0),
        (pl.col("oid").is_not_null() & (faults == 0)).alias("ready"),
    )


def _used(system: System) -> pl.DataFrame:
    """Return how many records name each unit."""
    named = [
        system.tables[table].select(pl.col(unit).alias("unit_id"))
        for table, (unit, _) in USES.items()
        if table in system.tables and unit in system.tables[table].columns
    ]
    every = pl.concat([pl.DataFrame(schema={"unit_id": pl.String}), *named])
    return every.drop_nulls().group_by("unit_id").len("records")
