"""Planning: what the kernel shall do with one part of one source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from kirjaamo import records
from kirjaamo.engines.kernel import Plan, TablePlan, needed
from kirjaamo.engines.pack import (
    ANY_TABLE,
    CANNOT_RECORD,
    NO_COLUMN,
    RAW,
    Context,
    Flag,
    Missing,
    bind,
    column_rules,
    reads,
)
from kirjaamo.rules import Kind, Rule
from kirjaamo.sources import RAGGED, Piece, Unit
from kirjaamo.sources.canonical import raw, typed
from kirjaamo.sources.profile import Part, Profile, TableMap

Model = Mapping[str, records.Table]


class Source(Protocol):
    """One file, sheet or database table to check, and the profile that explains it.

    `kirjaamo.sources.formats.Source` is one.
    """

    @property
    def location(self) -> str:
        """Path or database URL without password."""

    @property
    def profile(self) -> Profile:
        """The profile."""

    @property
    def part(self) -> Part:
        """The part of the profile that reads it."""

    def units(self, size: int) -> Iterator[Unit]:
        """Yield the units, about *size* bytes each, in order."""

    def read(self, unit: Unit) -> Piece:
        """Return what stands in a unit."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan for a source, its flags in order, and the rules that cannot run on it."""

    plan: Plan
    part: Part
    flags: tuple[Flag, ...]
    missing: tuple[Missing, ...]

    def describe(self, source: str) -> pl.DataFrame:
        """Return what a finding says of each flag: one row per flag, in order."""
        return pl.DataFrame(
            [
                {
                    "source": source,
                    "table": flag.table,
                    "field": "" if flag.field == RAGGED else flag.field,
                    "column": column_name(self.part, flag.table, flag.field),
                    "rule": flag.rule.code,
                    "severity": str(flag.rule.severity),
                    "cause": str(flag.rule.cause),
                    "parameters": "",
                }
                for flag in self.flags
            ],
            schema=dict.fromkeys(DESCRIBED, pl.String),
        )


DESCRIBED = ("source", "table", "field", "column", "rule", "severity", "cause", "parameters")


def column_name(part: Part, table: str, field: str) -> str:
    """Return the person's own column of a field, or "" when it has none."""
    mapped = part.tables.get(table)
    return mapped.column(field).column if mapped and field in mapped.fields else ""


def plan(source: Source, rules: Sequence[Rule], model: Model, context: Context) -> Planned:
    """Return what to do with every unit of *source*."""
    row_flags, missing = _bound(rules, _row_table(model), {RAGGED}, source.profile, context)
    flags = list(row_flags)
    tables = []
    for name, mapped in source.part.tables.items():
        bound, lacking = _bound(rules, model[name], mapped.fields, source.profile, context)
        keep = _kept(rules, name, mapped, model)
        columns = _columns(model[name], mapped, bound, keep, source.profile)
        tables.append(TablePlan(name, columns, bound, len(flags), keep))
        flags += bound
        missing += lacking
    made = Plan(source.read, row_flags, tuple(tables))
    return Planned(made, source.part, tuple(flags), missing)


def _row_table(model: Model) -> records.Table:
    """Return the table of a row as it was read."""
    about = next(iter(model.values()))
    return records.Table(ANY_TABLE, "", about.label, {})


def _bound(
    rules: Iterable[Rule],
    table: records.Table,
    available: Iterable[str],
    profile: Profile,
    context: Context,
) -> tuple[tuple[Flag, ...], tuple[Missing, ...]]:
    """Return the flags that can run on *table* and the rules that cannot."""
    known = frozenset(available)
    found = [
        bind(rule, place, table, known, context)
        for rule, place in column_rules(rules, table.name)
    ]
    flags = tuple(one for one in found if isinstance(one, Flag))
    missing = tuple(_blamed(one, profile) for one in found if isinstance(one, Missing))
    return flags, missing


def _blamed(missing: Missing, profile: Profile) -> Missing:
    """Say that the system cannot record a field, where the profile says so."""
    if missing.facts.get("field") in profile.cannot_record() and missing.reason == NO_COLUMN:
        return Missing(missing.rule, CANNOT_RECORD, missing.facts)
    return missing


def _kept(rules: Iterable[Rule], table: str, mapped: TableMap, model: Model) -> tuple[str, ...]:
    """Return the mapped fields of *table* that some table rule reads, and their texts."""
    wanted = {
        name.rstrip("?")
        for rule in rules
        if rule.kind is Kind.TABLE
        for place in rule.places
        for name in reads(rule, place, model)
    }
    names = [name for field in mapped.fields for name in (field, field + RAW)]
    fields = [name for name in names if f"{table}.{name}" in wanted]
    if fields and mapped.one_per and mapped.one_per not in fields:
        fields.append(mapped.one_per)
    return tuple(fields)


def _columns(
    table: records.Table,
    mapped: TableMap,
    flags: Sequence[Flag],
    keep: Iterable[str],
    profile: Profile,
) -> tuple[pl.Expr, ...]:
    """Return the canonical columns to compute, each named by its field."""
    as_typed, as_text = needed(flags)
    wanted = as_typed | frozenset(keep)
    as_text |= frozenset(name.removesuffix(RAW) for name in keep if name.endswith(RAW))
    forms = profile.forms
    return tuple(
        typed(field, mapped.column(name), forms).alias(name)
        for name, field in table.fields.items()
        if name in wanted
    ) + tuple(
        raw(mapped.column(name), forms).alias(name + RAW)
        for name in table.fields
        if name in as_text
    )
