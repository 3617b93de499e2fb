"""Reading exports: the canonical tables of every system, its codes led to the national lists."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo import records
from kirjaamo.mappings import Crosswalk, find, local
from kirjaamo.mappings.recordmaps.crossing import DAYS
from kirjaamo.mappings.targets import coded
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources import RAGGED
from kirjaamo.sources.canonical import raw, typed
from kirjaamo.sources.formats import Source
from kirjaamo.sources.profile import Profile, TableMap

UNREADABLE = "_unreadable"
"""True where a date or number of the row cannot be read."""

DAMAGED = "_damaged"
"""True where a row has more or fewer cells than the header, so that nothing in it is sure."""

STATUS = "_status:"
"""Before the name of a field: what its crosswalk answered, null where nothing was asked."""

AIM = "_aim:"
"""Before a field with a system's own list and the list that it becomes: what the crosswalk
answered.  ``_aim:old_type>1.2.246.537.6.1222`` is the answer for one of two lists."""

YEARS = (1850, 2150)
"""A date outside these years was mistyped."""

_RAW = "_raw:"
_READ = ("date", "datetime", "decimal", "integer", "boolean")

Crosswalks = Mapping[str, Crosswalk]


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One source as it was read: its name, hash and rows."""

    name: str
    system: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class System:
    """One old system as it was read.

    Attributes:
        name: Its name.
        tables: Canonical table to its rows, in the order of the sources.
        sources: What was read.
    """

    name: str
    tables: Mapping[str, pl.DataFrame]
    sources: tuple[SourceRead, ...]


def systems(sources: Sequence[Source], crosswalks: Crosswalks) -> list[System]:
    """Return the systems behind *sources*, by name.

    Raises:
        SourceError: A source cannot be read.
    """
    names = sorted({source.profile.system for source in sources})
    return [
        _system(name, [s for s in sources if s.profile.system == name], crosswalks)
        for name in names
    ]


def _system(name: str, sources: Sequence[Source], crosswalks: Crosswalks) -> System:
    parts: dict[str, list[pl.DataFrame]] = {}
    told: list[SourceRead] = []
    for source in sources:
        for table, frame in _read(source, told):
            parts.setdefault(table, []).append(frame)
    tables = {
        table: _whole(table, frames, sources).pipe(_national, name, table, crosswalks)
        for table, frames in sorted(parts.items())
    }
    return System(name, tables, tuple(told))


def _read(source: Source, told: list[SourceRead]) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the tables of every unit of a source, and tell what was read."""
    columns = {
        table: _columns(records.get(table), mapped, source.profile)
        for table, mapped in source.part.tables.items()
    }
    lines, rows, hashes, name = 0, 0, hashlib.sha256(), ""
    for unit in source.units():
        piece = source.read(unit)
        name = unit.source
        place = [
            pl.lit(name).alias(SOURCE),
            (pl.col(ROW) + lines + 1).cast(pl.UInt64),
            pl.col(RAGGED).alias(DAMAGED),
        ]
        for table, wanted in columns.items():
            yield table, piece.frame.select(*place, *wanted)
        lines += piece.rows
        rows += piece.frame.height
        hashes.update(piece.sha256.encode())
    told.append(SourceRead(name, source.profile.system, hashes.hexdigest(), rows))


def _columns(table: records.Table, mapped: TableMap, profile: Profile) -> list[pl.Expr]:
    """Return every field as its value, the text of its codes, and whether all can be read."""
    forms, found, unread = profile.forms, [], [pl.lit(value=False)]
    codes = {target.field for target in coded(profile.system, table.name, mapped.fields)}
    for name in mapped.fields:
        field, column = table[name], mapped.column(name)
        value = typed(field, column, forms)
        found.append(value.alias(name))
        if name in codes:
            found.append(raw(column, forms).alias(_RAW + name))
        if field.type in _READ:
            unread.append(raw(column, forms).is_not_null() & value.is_null())
        if field.type in {"date", "datetime"}:
            unread.append(~value.dt.year().is_between(*YEARS).fill_null(value=True))
    nothing = [
        pl.lit(None, dtype=field.dtype).alias(name)
        for name, field in table.fields.items()
        if name not in mapped.fields
    ]
    return [*found, *nothing, pl.any_horizontal(unread).alias(UNREADABLE)]


def _whole(
    table: str, frames: Sequence[pl.DataFrame], sources: Sequence[Source]
) -> pl.DataFrame:
    """Return the rows of a table, each record once where its source repeats it."""
    whole = pl.concat(frames, how="diagonal")
    maps = [s.part.tables[table] for s in sources if table in s.part.tables]
    once = sorted({mapped.one_per for mapped in maps if mapped.one_per})
    if not once:
        fields = [name for name in whole.columns if not name.startswith("_")]
        return whole.with_columns(pl.when(~pl.col(DAMAGED)).then(pl.col(fields)))
    sure = whole.filter(~pl.col(DAMAGED), pl.all_horizontal(pl.col(once).is_not_null()))
    return sure.unique(once, keep="first", maintain_order=True)


def _national(
    frame: pl.DataFrame, system: str, table: str, crosswalks: Crosswalks
) -> pl.DataFrame:
    """Return *frame* with national codes where a crosswalk gives them, and what it answered."""
    for target in coded(system, table, records.get(table).fields):
        text = _RAW + target.field
        if text not in frame.columns:
            continue
        walk = find(crosswalks, local(system, target.field), target.target)
        asked = _asked(frame, walk, text, table)
        if not target.national:
            aim = f"{AIM}{target.field}>{target.target}"
            frame = frame.with_columns(asked["status"].alias(aim))
        elif walk is not None:
            frame = _crossed(frame, asked, target.field)
    return frame.drop(pl.selectors.starts_with(_RAW))


def _asked(frame: pl.DataFrame, walk: Crosswalk | None, text: str, table: str) -> pl.DataFrame:
    """Return what a crosswalk answers for the texts of a field, by unit and day of the record."""
    if walk is None:
        missing = pl.when(pl.col(text).is_not_null()).then(pl.lit("missing"))
        return frame.select(pl.lit(None, dtype=pl.String).alias("new"), missing.alias("status"))
    unit = "unit" if "unit" in frame.columns else None
    day = DAYS.get(table, "").partition(".")[2] or None
    return walk.apply(frame, old=text, unit=unit, day=day)


def _crossed(frame: pl.DataFrame, answer: pl.DataFrame, field: str) -> pl.DataFrame:
    """Return *frame* with a field as its crosswalk says; the code may be national already."""
    both = frame.with_columns(_new=answer["new"], _answer=answer["status"])
    own = (pl.col("_answer") == "missing") & pl.col(field).is_not_null()
    return both.with_columns(
        pl.when(own).then(pl.col(field)).otherwise(pl.col("_new")).alias(field),
        pl.when(~own).then(pl.col("_answer")).alias(STATUS + field),
    ).drop("_new", "_answer")
