"""Decisions as corrections in the source system's own columns, codes and forms of days.

A file of corrections has the columns that name the record and the columns that change, nothing
else, so that loading it can empty no other cell.  Before a file is given out it is read back
with the same profile; what would not come back as decided is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import polars as pl

from kirjaamo import records
from kirjaamo.audit.care.deciding import CLOSED
from kirjaamo.audit.care.errors import (
    CannotCorrectError,
    ChangedRecordError,
    NothingDecidedError,
)
from kirjaamo.audit.care.listing import marked
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.canonical import typed
from kirjaamo.sources.formats import Source
from kirjaamo.sources.profile import Forms, Part
from kirjaamo.sources.tables import System
from kirjaamo.sources.writing import as_text

FIELDS: Final = {
    "relationship": {"end": "end", "end_reason": "end_reason"},
    "matter": {"closed": "end", "is_closed": "done"},
}
"""Table to the fields that a closing changes, and the column of the decision that tells each."""

NEEDED: Final = {"relationship": "end", "matter": "closed"}
"""The field without which a closing cannot be recorded."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The corrections of one table of one system.

    Attributes:
        name: Name of the file without its suffix.
        system: The system.
        table: The canonical table.
        part: How the file is read: the system's own part with these columns only.
        forms: The system's forms.
        cells: The columns as the system names them, all text.
        dropped: Fields that were decided on and that the system cannot record.
        values: The corrected values by field, typed, beside the key.
    """

    name: str
    system: str
    table: str
    part: Part
    forms: Forms
    cells: pl.DataFrame
    dropped: tuple[str, ...]
    values: pl.DataFrame


def corrections(
    decisions: pl.DataFrame, sources: Sequence[Source], systems: Sequence[System]
) -> list[Correction]:
    """Return the corrections of decisions, by system and table.

    Args:
        decisions: Decisions; see `kirjaamo.audit.care.deciding.SCHEMA`.
        sources: The sources with the profiles whose forms are written.
        systems: What was read of them.

    Raises:
        NothingDecidedError: No record is to be closed.
        ChangedRecordError: A record has changed since it was decided on.
        CannotCorrectError: A system's form cannot hold what was decided.
    """
    closed = decisions.filter(CLOSED)
    if closed.is_empty():
        raise NothingDecidedError
    made = [
        _correction(rows, source, system)
        for system in systems
        for table in FIELDS
        for source in _source(sources, system.name, table)
        for rows in _alike(closed.filter(system=system.name, subject=table))
    ]
    if sum(one.cells.height for one in made) < closed.height:
        raise ChangedRecordError(many=closed.height, place=closed["source"][0])
    return made


def _alike(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield decisions that change the same cells: an empty cell in a file would empty a field."""
    for told in (pl.col("end_reason").is_not_null(), pl.col("end_reason").is_null()):
        part = rows.filter(told)
        if not part.is_empty():
            yield part


def _source(sources: Sequence[Source], system: str, table: str) -> Iterator[Source]:
    """Yield the source that holds a table of a system: the first of several files."""
    for source in sources:
        if source.profile.system == system and table in source.part.tables:
            yield source
            return


def _correction(decided: pl.DataFrame, source: Source, system: System) -> Correction:
    table = str(decided["subject"][0])
    told = [field for field, column in FIELDS[table].items() if _is_told(decided, column)]
    part, dropped = _narrowed(source.part, table, told)
    key = _key(table)
    if not {key, NEEDED[table]} <= set(part.tables[table].fields):
        raise CannotCorrectError(system=system.name, field=f"{table}.{NEEDED[table]}")
    values = _values(decided, system, table)
    cells = _cells(values, part, table, source.profile.forms)
    name = "_".join([system.name.lower(), source.part.sheet or table, *fields(part, table)])
    made = Correction(
        name, system.name, table, part, source.profile.forms, cells, dropped,
        values.select(list(part.tables[table].fields)),
    )  # fmt: skip
    _see_that_it_comes_back(made)
    return made


def _is_told(decided: pl.DataFrame, column: str) -> bool:
    return column not in decided.columns or decided[column].null_count() < decided.height


def fields(part: Part, table: str) -> tuple[str, ...]:
    """Return the fields that a file of corrections changes."""
    return tuple(name for name in part.tables[table].fields if name != _key(table))


def _key(table: str) -> str:
    return next(field.name for field in records.get(table).fields.values() if field.key)


def _narrowed(part: Part, table: str, told: Sequence[str]) -> tuple[Part, tuple[str, ...]]:
    """Return a part with the key and the changing fields of a table only, and what it lacks."""
    mapped = part.tables[table]
    wanted = [_key(table), *told]
    has = [name for name in wanted if name in mapped.fields and mapped.column(name).column]
    kept = {name: mapped.fields[name] for name in has}
    narrow = msgspec.structs.replace(mapped, fields=kept, one_per="")
    made = msgspec.structs.replace(part, tables={table: narrow}, header_rows=1, skip_rows=0)
    return made, tuple(name for name in wanted if name not in has)


def _values(decided: pl.DataFrame, system: System, table: str) -> pl.DataFrame:
    """Return the key of every decided record with the values that its fields get.

    Raises:
        ChangedRecordError: A record has changed since it was decided on.
    """
    key = _key(table)
    now = system.tables[table].select(SOURCE, ROW, key)
    now = now.join(marked(system, table), on=[SOURCE, ROW], how="left")
    found = decided.join(
        now, left_on=["source", "row", "mark"], right_on=[SOURCE, ROW, "mark"], how="left",
        maintain_order="left",
    )  # fmt: skip
    gone = found.filter(pl.col(key).is_null())
    if not gone.is_empty():
        raise ChangedRecordError(
            many=gone.height, place=f"{gone['source'][0]}, {gone['row'][0]}"
        )
    told = {field: pl.lit(value=True) if column == "done" else pl.col(column)
            for field, column in FIELDS[table].items()}  # fmt: skip
    return found.sort(key).select(key, **told)


def _cells(values: pl.DataFrame, part: Part, table: str, forms: Forms) -> pl.DataFrame:
    """Return values under the system's own headings, in its own forms."""
    write, mapped = as_text(forms), part.tables[table]
    columns = {}
    for field in mapped.fields:
        column = mapped.column(field)
        columns[column.column] = [write(value, column) for value in values[field]]
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _see_that_it_comes_back(made: Correction) -> None:
    """See that the profile reads the values that were decided.

    Raises:
        CannotCorrectError: It does not.
    """
    back = read_back(made, made.cells)
    for field in back.columns:
        if not back[field].equals(made.values[field], null_equal=True):
            raise CannotCorrectError(system=made.system, field=f"{made.table}.{field}")


def read_back(made: Correction, cells: pl.DataFrame) -> pl.DataFrame:
    """Return what the profile reads from cells that a file of corrections holds."""
    mapped, model = made.part.tables[made.table], records.get(made.table)
    return cells.select(
        typed(model[field], mapped.column(field), made.forms).alias(field)
        for field in mapped.fields
    )


def summary(made: Sequence[Correction]) -> pl.DataFrame:
    """Return one row for each file: system, table, records, cells, and what the system lacks."""
    rows = [
        (one.system, one.table, one.cells.height, _filled(one), ", ".join(one.dropped))
        for one in made
    ]
    schema = {
        "system": pl.String, "table": pl.String, "records": pl.Int64, "cells": pl.Int64,
        "not_recorded": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _filled(made: Correction) -> int:
    """Return how many cells change: the key does not."""
    values = made.values.drop(_key(made.table))
    return sum(len(column) - column.null_count() for column in values)
