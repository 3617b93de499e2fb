"""Table rules: several tables of one system at once, on just the columns they need."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo import findings
from kirjaamo.engines.pack import (
    CANNOT_RECORD,
    NO_COLUMN,
    NO_TABLE,
    Context,
    Missing,
    call_table_rule,
    reads,
)
from kirjaamo.engines.planning import Model, Source, column_name
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import CannotRun, Kind, Place, Rule

PLACES = (SOURCE, ROW)

BROKEN = (pl.exceptions.PolarsError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a rule that is itself wrong may raise: it is reported as failed and the others go on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a table rule found at one place, or why it could not run, or that it failed."""

    rule: Rule
    findings: pl.DataFrame
    reason: str = ""
    failed: bool = False


def run(
    sources: Sequence[Source],
    kept: Mapping[str, Sequence[pl.DataFrame]],
    rules: Iterable[Rule],
    *,
    model: Model,
    context: Context,
) -> list[Answer]:
    """Return the answers of the table rules on the kept columns of one system."""
    frames = {table: _frame(table, sources, parts) for table, parts in kept.items()}
    columns = {
        f"{table}.{field}": column_name(source.part, table, field)
        for source in sources
        for table, mapped in source.part.tables.items()
        for field in mapped.fields
    }
    return [
        _answer(rule, place, frames, columns, sources[0], model, context)
        for rule in rules
        if rule.kind is Kind.TABLE
        for place in rule.places
    ]


def _frame(
    table: str, sources: Sequence[Source], parts: Sequence[pl.DataFrame]
) -> pl.DataFrame:
    """Return the rows of a table, each entity once where its sources repeat it."""
    whole = pl.concat(parts, how="diagonal")
    maps = [s.part.tables[table] for s in sources if table in s.part.tables]
    once = {mapped.one_per for mapped in maps if mapped.one_per}
    return whole.unique(sorted(once), keep="first", maintain_order=True) if once else whole


def _answer(  # noqa: PLR0913, PLR0917 - one place of one rule with all it may need
    rule: Rule,
    place: Place,
    frames: Mapping[str, pl.DataFrame],
    columns: Mapping[str, str],
    source: Source,
    model: Model,
    context: Context,
) -> Answer:
    wanted = reads(rule, place, model)
    lacking = [n for n in wanted if not n.endswith("?") and not _has(n, frames)]
    if lacking:
        return Answer(rule, findings.empty(), _reason(rule, lacking[0], frames, source))
    given = _given(wanted, frames, model)
    try:
        found = call_table_rule(rule, place, given, model, context).collect()
    except CannotRun as reason:
        return Answer(rule, findings.empty(), str(Missing(rule, reason.reason, reason.facts)))
    except BROKEN:
        return Answer(rule, findings.empty(), failed=True)
    return Answer(rule, _findings(rule, place, found, columns))


def _has(name: str, frames: Mapping[str, pl.DataFrame]) -> bool:
    table, _, field = name.partition(".")
    return table in frames and field in frames[table].columns


def _reason(rule: Rule, name: str, frames: Mapping[str, pl.DataFrame], source: Source) -> str:
    table = name.partition(".")[0]
    if name in source.profile.cannot_record():
        return str(Missing(rule, CANNOT_RECORD, {"field": name}))
    if table not in frames:
        return str(Missing(rule, NO_TABLE, {"table": table}))
    return str(Missing(rule, NO_COLUMN, {"field": name}))


def _given(
    wanted: Iterable[str], frames: Mapping[str, pl.DataFrame], model: Model
) -> dict[str, pl.LazyFrame]:
    """Return the tables a rule reads; optional ones that are missing are empty."""
    given: dict[str, pl.LazyFrame] = {}
    for name in wanted:
        table, _, field = name.rstrip("?").partition(".")
        frame = given.get(table)
        if frame is None:
            nothing = pl.DataFrame(schema={SOURCE: pl.String, ROW: pl.UInt64})
            frame = frames.get(table, nothing).lazy()
        if field not in frame.collect_schema():
            known = model[table].fields.get(field)
            kind = known.dtype if known else pl.String()  # only texts are no fields
            frame = frame.with_columns(pl.lit(None, dtype=kind).alias(field))
        given[table] = frame
    return given


def _findings(
    rule: Rule, place: Place, found: pl.DataFrame, columns: Mapping[str, str]
) -> pl.DataFrame:
    """Return the offending rows as findings; other columns become parameters."""
    extra = [name for name in found.columns if name not in PLACES]
    parameters = (
        pl.struct(extra).map_elements(_json, return_dtype=pl.String) if extra else pl.lit("")
    )
    return (
        found.sort(PLACES)
        .select(
            pl.col(SOURCE).alias("source"),
            pl.lit(place.table).alias("table"),
            pl.col(ROW).cast(pl.UInt64).alias("row"),
            pl.lit(place.field).alias("field"),
            pl.lit(columns.get(f"{place.table}.{place.field}", "")).alias("column"),
            pl.lit(rule.code).alias("rule"),
            pl.lit(str(rule.severity)).alias("severity"),
            pl.lit(str(rule.cause)).alias("cause"),
            parameters.alias("parameters"),
        )
        .match_to_schema(findings.SCHEMA)
    )


def _json(parameters: Mapping[str, object]) -> str:
    return json.dumps(parameters, ensure_ascii=False, sort_keys=True)
