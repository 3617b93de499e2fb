"""How rights and the rule table meet: what several rules ask."""

import datetime as dt

import polars as pl

from kirjaamo.audit.access import rule_table
from kirjaamo.audit.access.rule_table import EVERY, REQUIRED
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import CannotRun

NO_TABLE = N_("there is no rule table")
KEY = "_right"


def in_force(table: pl.DataFrame | None, day: dt.date) -> pl.DataFrame:
    """Return the rows of the rule table in force.

    Raises:
        CannotRun: There is no rule table.
    """
    if table is None:
        raise CannotRun(NO_TABLE)
    return rule_table.in_force(table, day)


def judged(rights: pl.DataFrame) -> pl.DataFrame:
    """Return the rights in force to a known service task of workers whose role is known."""
    return rights.filter("in_force").drop_nulls(["service_task", "role"])


def with_roles(rows: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose role the table has: by name, or for every role."""
    if EVERY in table["role"].to_list():
        return rows
    return rows.join(
        table.select("role").unique(), on="role", how="semi", maintain_order="left"
    )


def met(rights: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Return every right beside every rule of its role and service task.

    Returns:
        The columns of *rights* with ``_right`` (a number of the right), ``fits`` (whether the
        rule covers the process and unit of the right) and ``general`` (whether it is about
        every service task).
    """
    rules = table.select(
        rule_role="role", rule_task="service_task", rule_process="service_process",
        rule_unit="unit",
    )  # fmt: skip
    numbered = rights.with_row_index(KEY)
    at = pl.coalesce("unit", "worker_unit")
    fits = _within("rule_process", pl.col("service_process")) & _within("rule_unit", at)
    pairs = [
        numbered.join(
            rules, left_on=[role, task], right_on=["rule_role", "rule_task"], how="inner"
        ).select(*numbered.columns, fits=fits, general=pl.lit(general))
        for role in (pl.col("role"), pl.lit(EVERY))
        for task, general in ((pl.col("service_task"), False), (pl.lit(EVERY), True))
    ]
    return pl.concat(pairs)


def _within(rule: str, value: pl.Expr) -> pl.Expr:
    """Return whether a rule's limit, null for none, covers a value; nothing is not covered."""
    limit = pl.col(rule)
    return limit.is_null() | (limit == EVERY) | (limit == value).fill_null(value=False)


def places(rows: pl.DataFrame) -> pl.LazyFrame:
    """Return the places of rows."""
    return rows.lazy().select(SOURCE, ROW)


def required(workers: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Return employed workers beside every service task that a rule in force requires of them."""
    wanted = table.filter((pl.col("need") == REQUIRED) & (pl.col("service_task") != EVERY))
    rules = wanted.select("service_task", rule_role="role", rule_unit="unit")
    asked = workers.filter("employed")
    pairs = [
        asked.join(rules, left_on=[role], right_on=["rule_role"], how="inner").select(
            *asked.columns, "service_task", "rule_unit"
        )
        for role in (pl.col("role"), pl.lit(EVERY))
    ]
    return pl.concat(pairs).filter(_within("rule_unit", pl.col("unit")))
