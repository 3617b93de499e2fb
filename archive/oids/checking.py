"""What is wrong with the OIDs of a register, and with their use in records.

Sources: JHS 159, annex 1 (form and business id); HL7 CDA R2, data type II (root) and the archive's
limit of 64 characters for an identifier.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import polars as pl

from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System
from kirjaamo.validators.identifiers.expressions import (
    OID,
    business_id_holds,
    business_id_of,
)

LONGEST = 64
"""Characters."""

CHECKS = {
    "missing": N_("unit without OID"),
    "malformed": N_("OID that is not written like one"),
    "long": N_("OID of more than 64 characters"),
    "business-id": N_("OID that holds no valid business id"),
    "other-business-id": N_("OID that holds another business id than the unit has"),
    "twice": N_("OID of two different units"),
    "foreign": N_("OID below another organisation than the workspace's"),
    "ended-before-begun": N_("unit whose operation ends before it begins"),
    "unknown-unit": N_("record that names a unit of no register"),
    "not-valid": N_("record made by a unit that was not in operation that day"),
    "worker-of-ended": N_("employed worker of a unit that has ended"),
}
"""Every check: its short name, and what it finds."""

NOTES = frozenset({"foreign"})
"""Checks whose findings may be right: private producers have OIDs of their own."""

FOUND = {"check": pl.String, "table": pl.String, SOURCE: pl.String, ROW: pl.UInt64}
"""Columns of what `check` returns."""

USES = {
    "decision": ("unit", "decided"),
    "relationship": ("unit", "start"),
    "worker": ("unit", "valid_from"),
}
"""Table to its columns with a unit and with the day that counts."""

_UNIT = {
    "unit_id": pl.String, "oid": pl.String, "business_id": pl.String, "valid_from": pl.Date,
    "valid_to": pl.Date, "name": pl.String,
}  # fmt: skip


def units(system: System) -> pl.DataFrame:
    """Return the units of a system with every column that is looked at."""
    known = system.tables.get("unit", pl.DataFrame(schema={SOURCE: pl.String, ROW: pl.UInt64}))
    missing = [pl.lit(None, t).alias(n) for n, t in _UNIT.items() if n not in known.columns]
    return known.with_columns(missing)


def check(systems: Sequence[System], own: str, as_of: dt.date) -> pl.DataFrame:
    """Return every finding: check and place, nothing of the record.

    Args:
        systems: Canonical tables by system.
        own: OID of the organisation; empty when no workspace tells it.
        as_of: The day that counts as today.
    """
    found = [pl.DataFrame(schema=FOUND)]
    for system in systems:
        register = units(system)
        found += _of_register(register, own)
        found += _of_uses(system, register, as_of)
    return pl.concat(found)


def _of_register(register: pl.DataFrame, own: str) -> Iterator[pl.DataFrame]:
    oid = pl.col("oid")
    formed = oid.str.contains(OID)
    inside = business_id_of(oid)
    valid = business_id_holds(inside)
    mine = pl.col("business_id").str.replace("-", "").str.strip_chars_start("0")
    bare = inside.str.strip_chars_start("0")
    of_two = pl.col("unit_id").n_unique().over("oid") > 1
    tests = {
        "missing": oid.is_null(),
        "malformed": ~formed,
        "long": oid.str.len_chars() > LONGEST,
        "business-id": formed & inside.is_not_null() & ~valid,
        "other-business-id": formed & valid & (bare != mine),
        "twice": oid.is_not_null() & of_two,
        "ended-before-begun": pl.col("valid_to") < pl.col("valid_from"),
    }
    if own:
        tests["foreign"] = formed & (oid != own) & ~oid.str.starts_with(f"{own}.")
    for name, broken in tests.items():
        yield _found(name, "unit", register.filter(broken.fill_null(value=False)))


def _of_uses(system: System, register: pl.DataFrame, as_of: dt.date) -> Iterator[pl.DataFrame]:
    known = register.drop_nulls("unit_id").unique("unit_id", keep="first")
    spans = known.select(pl.col("unit_id").alias("unit"), begins="valid_from", ends="valid_to")
    for table, (unit, day) in USES.items():
        frame = system.tables.get(table)
        if frame is None or unit not in frame.columns:
            continue
        used = frame.filter(pl.col(unit).is_not_null())
        if not register.is_empty():
            yield _found("unknown-unit", table, used.join(spans, on="unit", how="anti"))
        if day not in frame.columns:
            continue
        joined = used.join(spans, on="unit", how="inner", maintain_order="left")
        if table == "worker":
            left = joined.get_column("valid_to") if "valid_to" in joined.columns else None
            employed = pl.col("valid_to").is_null() | (pl.col("valid_to") >= as_of)
            gone = (pl.col("ends") < as_of) & (employed if left is not None else True)
            yield _found("worker-of-ended", table, joined.filter(gone.fill_null(value=False)))
            continue
        outside = (pl.col(day) < pl.col("begins")).fill_null(value=False) | (
            pl.col(day) > pl.col("ends")
        ).fill_null(value=False)
        yield _found("not-valid", table, joined.filter(outside))


def _found(name: str, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.lit(name).alias("check"), pl.lit(table).alias("table"), SOURCE,
        pl.col(ROW).cast(pl.UInt64),
    )  # fmt: skip
