"""Binding rules to columns: which rule can run on which table of which source.

A rule that lacks a column or a code list is *not run there*, with the reason; it is never
taken as passed.
"""

import datetime as dt
import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from kirjaamo import records
from kirjaamo.messages import N_, gettext
from kirjaamo.rules import CannotRun, Kind, Place, Rule
from kirjaamo.sources import RAGGED

RAW = "_raw"
"""Suffix of the column with the text that stood in the source."""

ANY_TABLE = "*"
"""Table of a place that looks at a row as it was read, before it becomes tables."""

NO_COLUMN = N_("no column for {field}")
CANNOT_RECORD = N_("the system cannot record {field}")
NO_TABLE = N_("no table {table}")


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may ask for by name.

    Attributes:
        as_of: The day of the check; "today" of every rule.
        codes: The code lists (`kirjaamo.classifications.Codes`).
        settings: Rule code to the workspace's thresholds.
    """

    as_of: dt.date
    codes: Any = None
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flag:
    """A column rule at one place, ready to run on the canonical columns of a table."""

    rule: Rule
    table: str
    field: str
    expression: pl.Expr
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Missing:
    """A rule that cannot run at a place, and why (a catalogue sentence and its facts)."""

    rule: Rule
    reason: str
    facts: Mapping[str, str]

    def __str__(self) -> str:
        """Return the reason in the language in use."""
        return gettext(self.reason).format(**self.facts)


def bind(
    rule: Rule, place: Place, table: records.Table, available: Iterable[str], context: Context
) -> Flag | Missing:
    """Return the flag of *rule* at *place*, or why it cannot run there.

    Args:
        rule: A column rule.
        place: One of its places.
        table: The table of the place.
        available: Fields that the source provides.
        context: What the rule may ask for by name.
    """
    has = frozenset(available)
    positional, named = _parameters(rule)
    columns = {name: _column(name, place) for name in positional}
    for column in columns.values():
        plain = (
            column if column in table.fields or column == RAGGED else column.removesuffix(RAW)
        )
        if plain not in has:
            return Missing(rule, NO_COLUMN, {"field": f"{table.name}.{plain}"})
    try:
        given = {name: _injected(name, rule, place, table, context) for name in named}
        arguments = {name: pl.col(column) for name, column in columns.items()}
        expression = rule.check(**arguments, **given)
    except CannotRun as reason:
        return Missing(rule, reason.reason, reason.facts)
    return Flag(rule, table.name, place.field, expression, frozenset(columns.values()))


def _parameters(rule: Rule) -> tuple[list[str], list[str]]:
    """Return the names of the positional and of the keyword-only parameters of a check."""
    parameters = inspect.signature(rule.check).parameters.values()
    named = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    return [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY], named


def _column(name: str, place: Place) -> str:
    """Return the column that a parameter means.

    >>> _column("value_raw", Place("matter.closed")), _column("start", Place("a.b", start="c"))
    ('closed_raw', 'c')
    """
    suffix = RAW if name.endswith(RAW) else ""
    plain = name.removesuffix(RAW)
    return (place.field if plain == "value" else place.bound.get(plain, plain)) + suffix


def _injected(
    name: str, rule: Rule, place: Place, table: records.Table, context: Context
) -> Any:  # noqa: ANN401 - whatever the rule asked for
    match name:
        case "as_of":
            return context.as_of
        case "codes":
            return context.codes
        case "field":
            return table[place.field]
        case "table":
            return table
        case _:
            return setting(rule, name, context)


def setting(rule: Rule, name: str, context: Context) -> Any:  # noqa: ANN401 - number, text or yes/no
    """Return the workspace's threshold of a rule, or its default."""
    default = next(s.default for s in rule.settings if s.name == name)
    return context.settings.get(rule.code, {}).get(name, default)


def column_rules(rules: Iterable[Rule], table: str) -> list[tuple[Rule, Place]]:
    """Return the column rules with their places in *table*."""
    return [
        (rule, place)
        for rule in rules
        if rule.kind is Kind.COLUMN
        for place in rule.places
        if place.table == table
    ]


def call_table_rule(
    rule: Rule,
    place: Place,
    frames: Mapping[str, pl.LazyFrame],
    model: Mapping[str, records.Table],
    context: Context,
) -> pl.LazyFrame:
    """Return the rows that break a table rule at *place*.

    Positional parameters name tables; ``rows`` is the table of the place and ``target`` the
    table that its field refers to.

    Raises:
        CannotRun: The rule lacks a code list.
    """
    positional, named = _parameters(rule)
    table = model[place.table]
    tables = {"rows": place.table, "target": _target(table, place)}
    arguments = {name: frames[tables.get(name, name)] for name in positional}
    given = {name: _injected(name, rule, place, table, context) for name in named}
    found = rule.check(**arguments, **given)
    if not isinstance(found, pl.LazyFrame):
        message = f"{rule.code} gave no lazy frame"
        raise TypeError(message)
    return found


def _target(table: records.Table, place: Place) -> str:
    return table.fields[place.field].references if place.field in table.fields else ""


def reads(rule: Rule, place: Place, model: Mapping[str, records.Table]) -> tuple[str, ...]:
    """Return every ``table.field`` that a table rule needs at *place*.

    ``table.field_raw`` is the text of a field, as in column rules.  A name that ends in ``?``
    may be missing: its table or column is then empty.
    """
    if rule.reads:
        return rule.reads
    own = f"{place.table}.{place.field}"
    target = _target(model[place.table], place)
    keys = [f.name for f in model[target].fields.values() if f.key] if target else []
    return (own, *(f"{target}.{key}" for key in keys[:1]))
