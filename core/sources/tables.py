"""Whole canonical tables of a system, for those who look at all records at once.

A rule reads a source piece by piece; measures and worklists need every record of a table beside
the others.  Only the fields that a profile maps are there.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo import records
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.canonical import raw, typed
from kirjaamo.sources.formats import Source
from kirjaamo.sources.profile import Forms, TableMap


@dataclass(frozen=True, slots=True)
class System:
    """One system as it was read.

    Attributes:
        name: Its name in the profile.
        tables: Canonical table to its rows: ``_source``, ``_row`` and the mapped fields.
        cannot: ``table.field`` names that the system cannot record, as its profile says.
        columns: ``table.field`` to the column of the person's own file.
    """

    name: str
    tables: Mapping[str, pl.DataFrame]
    cannot: frozenset[str]
    columns: Mapping[str, str]


def systems(
    sources: Sequence[Source], wanted: Collection[str] = (), texts: Collection[str] = ()
) -> list[System]:
    """Return the systems behind *sources*, by name.

    Args:
        sources: What is read.
        wanted: Canonical tables to read; all when empty.
        texts: ``table.field`` names that also get a column ``<field>_raw`` with the text that
            stands in the source, so that what is missing differs from what cannot be read.

    Raises:
        SourceError: A source cannot be read.
    """
    names = sorted({source.profile.system for source in sources})
    return [
        _system(name, [s for s in sources if s.profile.system == name], wanted, texts)
        for name in names
    ]


def _system(
    name: str, sources: Sequence[Source], wanted: Collection[str], texts: Collection[str]
) -> System:
    parts: dict[str, list[pl.DataFrame]] = {}
    columns: dict[str, str] = {}
    for source in sources:
        for table, frame in _frames(source, wanted, texts):
            parts.setdefault(table, []).append(frame)
        for table, mapped in source.part.tables.items():
            for field in mapped.fields:
                columns[f"{table}.{field}"] = mapped.column(field).column
    tables = {table: _once(table, frames, sources) for table, frames in parts.items()}
    cannot = frozenset().union(*(source.profile.cannot_record() for source in sources))
    return System(name, tables, cannot, columns)


def _frames(
    source: Source, wanted: Collection[str], texts: Collection[str]
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the tables of every unit of a source, with the lines a person sees."""
    lines = 0
    fields = {
        table: list(_fields(table, mapped, source.profile.forms, texts))
        for table, mapped in source.part.tables.items()
        if not wanted or table in wanted
    }
    for unit in source.units():
        piece = source.read(unit)
        place = [
            pl.lit(unit.source).alias(SOURCE),
            (pl.col(ROW) + lines + 1).cast(pl.UInt64),
        ]
        for table, columns in fields.items():
            yield table, piece.frame.select(*place, *columns)
        lines += piece.rows


def _fields(
    table: str, mapped: TableMap, forms: Forms, texts: Collection[str]
) -> Iterator[pl.Expr]:
    """Yield the fields of a table as columns."""
    for name in mapped.fields:
        column = mapped.column(name)
        yield typed(records.get(table)[name], column, forms).alias(name)
        if f"{table}.{name}" in texts:
            yield raw(column, forms).alias(f"{name}_raw")


def _once(
    table: str, frames: Sequence[pl.DataFrame], sources: Sequence[Source]
) -> pl.DataFrame:
    """Return the rows of a table, each record once where its source repeats it."""
    whole = pl.concat(frames, how="diagonal")
    maps = [s.part.tables[table] for s in sources if table in s.part.tables]
    once = sorted({mapped.one_per for mapped in maps if mapped.one_per})
    if not once:
        return whole
    known = whole.filter(pl.all_horizontal(pl.col(once).is_not_null()))
    return known.unique(once, keep="first", maintain_order=True)
