"""What old values occur in the exports, beside which unit, day and other codes.

Only coded fields are kept, with the unit and the day of the record: no text, no name of a
person, no identifier.  Values stay as they stand in the source, before any mapping.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from kirjaamo import records
from kirjaamo.engines.planning import Source
from kirjaamo.mappings.targets import Target, coded
from kirjaamo.sources.canonical import raw, typed
from kirjaamo.sources.formats import UNIT_SIZE
from kirjaamo.sources.periods import month_end, period
from kirjaamo.sources.profile import Profile, TableMap

UNIT, DAY = "_unit", "_day"
"""Columns beside the coded fields: the unit as it stands in the source, and the day."""

DAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "access_right": ("valid_from",),
    "decision": ("decided", "valid_from"),
    "disclosure": ("given",),
    "document": ("authored", "recorded"),
    "entry": ("event_time", "recorded_time"),
    "matter": ("opened",),
    "relationship": ("start",),
}
"""Table to the fields that tell its day, the first that is filled."""

LONGEST = 60
"""Characters of the longest value that can be a code of a list."""

_PERSONAL = r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]"  # the shape of an identity code
_KEY = "_key"
_NAME = "_name:"


@dataclass(frozen=True, slots=True)
class Occurrences:
    """What one system's exports hold in their coded fields.

    Attributes:
        system: Name of the system.
        profiles: Its profiles.
        tables: Canonical table to `UNIT`, `DAY` and its coded fields as text, a row a record.
        names: ``field, old, name``: the commonest name beside each value.
        mapped: Fields that the profile maps with ``values``.
    """

    system: str
    profiles: tuple[Profile, ...]
    tables: Mapping[str, pl.DataFrame]
    names: pl.DataFrame
    mapped: frozenset[str]

    def targets(self) -> list[Target]:
        """Return the coded fields that occur and the lists they become, by name."""
        fields = {
            target
            for table, frame in self.tables.items()
            for target in coded(self.system, table, frame.drop(UNIT, DAY).columns)
        }
        return sorted(fields, key=lambda target: target.name)

    def values(self, field: str) -> pl.DataFrame:
        """Return every record with a value of *field*: ``table, old, unit, day``."""
        parts = [
            frame.select(
                pl.lit(table).alias("table"),
                pl.col(field).alias("old"),
                pl.col(UNIT).alias("unit"),
                pl.col(DAY).alias("day"),
            )
            for table, frame in self.tables.items()
            if field in frame.columns
        ]
        return pl.concat([_NO_VALUES, *parts]).filter(pl.col("old").is_not_null())


_NO_VALUES = pl.DataFrame(
    schema={"table": pl.String, "old": pl.String, "unit": pl.String, "day": pl.Date}
)
_NO_NAMES = pl.DataFrame(schema={"field": pl.String, "old": pl.String, "name": pl.String})


def like_a_code(value: pl.Expr) -> pl.Expr:
    """Tell whether *value* can be a code of a list: short, printable, not about a person."""
    short = value.str.len_chars() <= LONGEST
    return short & ~value.str.contains(_PERSONAL) & ~value.str.contains(r"\p{C}")


def occurrences(sources: Sequence[Source]) -> list[Occurrences]:
    """Return what the coded fields of *sources* hold, system by system.

    Raises:
        SourceError: A source cannot be read.
    """
    systems: dict[str, list[Source]] = {}
    for source in sources:
        systems.setdefault(source.profile.system, []).append(source)
    return [_system(name, of) for name, of in sorted(systems.items())]


def _system(name: str, sources: Sequence[Source]) -> Occurrences:
    parts: dict[str, list[pl.DataFrame]] = {}
    mapped: set[str] = set()
    for source in sources:
        for table, frame in _read(source):
            parts.setdefault(table, []).append(frame)
        for table_map in source.part.tables.values():
            mapped |= {f for f in table_map.fields if table_map.column(f).values}
    tables = {table: _whole(frames) for table, frames in sorted(parts.items())}
    profiles: list[Profile] = []
    for source in sources:
        if source.profile not in profiles:  # one system may have several
            profiles.append(source.profile)
    bare = {table: frame.select(pl.exclude(f"^{_NAME}.*$")) for table, frame in tables.items()}
    return Occurrences(name, tuple(profiles), bare, _names(tables.values()), frozenset(mapped))


def _read(source: Source) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the wanted columns of every table in every unit of a source."""
    model = records.tables()
    wanted = {
        table: _columns(model[table], mapped, source.profile)
        for table, mapped in source.part.tables.items()
    }
    wanted = {table: columns for table, columns in wanted.items() if columns}
    for unit in source.units(UNIT_SIZE) if wanted else ():
        frame = source.read(unit).frame
        for table, columns in wanted.items():
            yield table, _rows(frame, source, table).select(columns)


def _rows(frame: pl.DataFrame, source: Source, table: str) -> pl.DataFrame:
    """Return the rows of a table; those of a ledger that sum others are none."""
    mapped = source.part.tables[table]
    pattern = mapped.amounts.subtotal
    if not pattern or "account" not in mapped.fields:
        return frame
    account = raw(mapped.column("account"), source.profile.forms)
    return frame.filter(~account.str.contains(pattern).fill_null(value=False))


def _columns(table: records.Table, mapped: TableMap, profile: Profile) -> list[pl.Expr]:
    """Return the coded fields of a table with unit, day, names and key; none without codes."""
    fields = sorted(
        {target.field for target in coded(profile.system, table.name, mapped.fields)}
    )
    if not fields:
        return []
    forms = profile.forms

    def text(field: str) -> pl.Expr:
        known = field in mapped.fields
        return raw(mapped.column(field), forms) if known else pl.lit(None, pl.String)

    days = [
        typed(table.fields[field], mapped.column(field), forms).cast(pl.Date)
        for field in DAYS.get(table.name, ())
        if field in mapped.fields
    ]
    if "period" in mapped.fields:
        days.append(_period_day(mapped, profile))
    names = [(field, _name_field(table, field)) for field in fields]
    key = [text(mapped.one_per).alias(_KEY)] if mapped.one_per else []
    return [
        *(text(field).alias(field) for field in fields),
        *(text(name).alias(_NAME + field) for field, name in names if name),
        text("unit").alias(UNIT),
        pl.coalesce([*days, pl.lit(None, pl.Date)]).alias(DAY),
        *key,
    ]


def _period_day(mapped: TableMap, profile: Profile) -> pl.Expr:
    """Return the last day of the period of a posting."""
    column = mapped.column("period")
    read = period(raw(column, profile.forms), column.form, mapped.amounts, pl.lit(""))
    return month_end(read)


def _name_field(table: records.Table, field: str) -> str:
    """Return the field that holds the name of a code, or ""."""
    shown = (name for name, one in table.fields.items() if one.displays == field)
    other = f"{field}_name"
    return next(shown, other if other in table.fields else "")


def _whole(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the rows of a table, each record once where its source repeats it."""
    whole = pl.concat(frames, how="diagonal")
    if _KEY not in whole.columns:
        return whole
    once = whole.filter(pl.col(_KEY).is_not_null())
    return once.unique(_KEY, keep="first", maintain_order=True).drop(_KEY)


def _names(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the commonest name beside each value of each field."""
    pairs = [
        frame.select(
            pl.lit(column.removeprefix(_NAME)).alias("field"),
            pl.col(column.removeprefix(_NAME)).alias("old"),
            pl.col(column).alias("name"),
        )
        for frame in tables
        for column in frame.columns
        if column.startswith(_NAME)
    ]
    every = pl.concat([_NO_NAMES, *pairs]).drop_nulls().filter(like_a_code(pl.col("name")))
    counted = every.group_by(every.columns).len()
    ordered = counted.sort(
        ["field", "old", "len", "name"], descending=[False, False, True, False]
    )
    return ordered.unique(["field", "old"], keep="first", maintain_order=True).drop("len")
