"""One row for each employee: rights, what is wrong with them, card, reader, and who can sign.

Who an employee is stands in a row only when it is asked for; otherwise the place in the export
tells the administrator, and nobody else.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

from kirjaamo.audit.access.ground import Access, Terms, accesses
from kirjaamo.audit.access.running import found as findings_of
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext, language
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System
from kirjaamo.tabular import Cell
from kirjaamo.wording import visible

ABILITIES: Final = {
    "registration_number": N_("Registration number"),
    "card": N_("Card"),
    "reader": N_("Reader"),
    "can_sign": N_("Can sign"),
}
"""Fields of a worker that signing needs."""

HEADINGS: Final = {
    "system": N_("System"),
    "source": N_("Source"),
    "row": N_("Row"),
    "worker": N_("Worker"),
    "name": N_("Name"),
    "unit": N_("Unit"),
    "position": N_("Position"),
    "rights": N_("Rights in force"),
    "findings": N_("To mend"),
    **ABILITIES,
    "ready": N_("Ready"),
}
"""Column to its heading."""

COUNTED: Final = {
    "unit": N_("Unit"),
    "employees": N_("Employees"),
    "rights": N_("Rights in force"),
    "to_mend": N_("To mend"),
    **ABILITIES,
    "ready": N_("Ready"),
}
"""Column of the counts by unit to its heading."""

NAMING: Final = ("worker", "name")
"""Columns that name an employee."""

TASKS, PROCESSES = "1.2.246.537.6.1221", "1.2.246.537.6.1277"


def employees(systems: Sequence[System], terms: Terms) -> pl.DataFrame:
    """Return a row for each worker who is employed or has a right in force, by unit and place.

    Returns:
        ``system``, ``source``, ``row``, ``worker``, ``name``, ``unit`` (its name), ``unit_id``,
        ``position``, ``rights`` (how many are in force), ``held`` (the rights themselves:
        service task, process, unit and last day), ``findings`` (codes of rules), `ABILITIES`
        (null where the export does not tell) and ``ready`` (employed, nothing to mend, and
        everything that signing needs; null where something is not known).
    """
    flags = _flags(findings_of(systems, terms))
    parts = [_of_system(one, flags) for one in accesses(systems, terms)]
    whole = pl.concat([part for part in parts if part.height] or parts[:1])
    return whole.unique(["source", "row"], keep="first", maintain_order=True).sort(
        "unit", "source", "row", nulls_last=True
    )


def _flags(found: pl.DataFrame) -> pl.DataFrame:
    """Return ``table``, ``_source``, ``_row`` and the code of every finding."""
    return found.select(
        "table", pl.col("source").alias(SOURCE), pl.col("row").alias(ROW), code="rule"
    )


def _of_system(access: Access, flags: pl.DataFrame) -> pl.DataFrame:
    rights = access.frames["rights"].filter("in_force")
    holders = rights["worker_id"].drop_nulls().implode()
    wanted = pl.col("employed") | pl.col("worker_id").is_in(holders)
    workers = access.frames["workers"].filter(wanted)
    known = {name for name in ABILITIES if f"worker.{name}" in access.told}
    abilities = [_ability(name, known) for name in ABILITIES]
    rows = workers.join(_held(rights), on="worker_id", how="left", maintain_order="left").join(
        _codes(access, flags), on="worker_id", how="left", maintain_order="left"
    )
    named = rows.join(_unit_names(access), on="unit", how="left", maintain_order="left")
    shown = named.select(
        pl.lit(access.system).alias("system"), pl.col(SOURCE).alias("source"),
        pl.col(ROW).alias("row"), pl.col("worker_id").alias("worker"),
        pl.concat_str("last_name", "first_names", separator=" ", ignore_nulls=True).alias("name"),
        pl.coalesce("unit_name", "unit").alias("unit"), pl.col("unit").alias("unit_id"),
        "position", pl.col("held").list.len().fill_null(0).alias("rights"), "held",
        pl.col("findings").fill_null([]), *abilities, "employed",
    )  # fmt: skip
    ready = pl.all_horizontal("employed", pl.col("findings").list.len() == 0, *ABILITIES)
    return shown.with_columns(ready.alias("ready"))


def _ability(name: str, known: set[str]) -> pl.Expr:
    """Return whether a worker has what signing needs; null where the export does not tell."""
    if name not in known:
        return pl.lit(None, pl.Boolean).alias(name)
    field = pl.col(name)
    return (field.is_not_null() if name == "registration_number" else field).alias(name)


def _held(rights: pl.DataFrame) -> pl.DataFrame:
    """Return ``worker_id`` and ``held``, the rights of each worker."""
    fields = ("service_task", "service_process", pl.col("unit"), "valid_to")
    return (
        rights.drop_nulls("worker_id")
        .group_by("worker_id", maintain_order=True)
        .agg(held=pl.struct(fields))
    )


def _codes(access: Access, flags: pl.DataFrame) -> pl.DataFrame:
    """Return ``worker_id`` and ``findings``, the codes of what is found of each worker."""
    parts = [
        access.frames[name]
        .select("worker_id", SOURCE, ROW)
        .join(flags.filter(table=table), on=[SOURCE, ROW], how="inner")
        for name, table in (("workers", "worker"), ("rights", "access_right"))
    ]
    every = pl.concat([part.select("worker_id", "code") for part in parts]).drop_nulls()
    return every.group_by("worker_id").agg(findings=pl.col("code").unique().sort())


def _unit_names(access: Access) -> pl.DataFrame:
    names = access.frames["units"].select(unit="unit_id", unit_name="name").drop_nulls()
    return names.unique("unit", keep="first", maintain_order=True)


def right_name(right: dict[str, object], codes: Codes) -> str:
    """Return a right as people know it: service task, process, unit and last day."""
    parts = [_code(right["service_task"], TASKS, codes) or gettext(N_("not known"))]
    if right["service_process"]:
        parts.append(_code(right["service_process"], PROCESSES, codes))
    if right["unit"]:
        parts.append(str(right["unit"]))
    if right["valid_to"]:
        parts.append(gettext(N_("until {day}")).format(day=right["valid_to"]))
    return visible(", ".join(parts))


def _code(code: object, oid: str, codes: Codes) -> str:
    if not code:
        return ""
    found = codes.find(oid)
    name = found.display(str(code), language()) if found else None
    return f"{code} {name}" if name else str(code)


def cells(rows: pl.DataFrame, columns: Iterable[str], codes: Codes) -> list[list[Cell]]:
    """Return rows as cells for eyes, in the order of *columns*.

    Args:
        rows: Rows of `employees`.
        columns: Names of `HEADINGS`, or ``held`` for the rights by name.
        codes: The code lists.
    """
    return [[_cell(name, row, codes) for name in columns] for row in rows.iter_rows(named=True)]


def _cell(name: str, row: dict[str, object], codes: Codes) -> Cell:
    value = row[name]
    match value:
        case None:
            return gettext(N_("not known")) if name in {*ABILITIES, "ready"} else ""
        case bool():
            return gettext(N_("yes")) if value else gettext(N_("no"))
        case list() if name == "held":
            return "\n".join(right_name(right, codes) for right in value)
        case list():
            return ", ".join(map(str, value))
        case int():
            return value
        case _:
            return visible(str(value))


def by_unit(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each unit: employees, how many have what, and how many are ready."""
    able = [pl.col(name).fill_null(value=False).sum() for name in ABILITIES]
    return (
        rows.group_by(pl.col("unit").fill_null(""), maintain_order=True)
        .agg(
            employees=pl.len(),
            rights=pl.col("rights").sum(),
            to_mend=(pl.col("findings").list.len() > 0).sum(),
            **dict(zip(ABILITIES, able, strict=True)),
            ready=pl.col("ready").fill_null(value=False).sum(),
        )
        .sort("unit")
    )
