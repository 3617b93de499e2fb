"""The kernel: one unit and one plan in, counts and findings out.  Pure; no other I/O.

It runs unchanged on every engine.  Findings are kept as (row, flag) pairs until the
driver knows the line numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from kirjaamo.engines.pack import RAW, Flag
from kirjaamo.records import ROW
from kirjaamo.sources import RAGGED, Piece, Unit


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What to do with one canonical table of a part.

    Attributes:
        table: Name of the table.
        columns: The canonical columns that flags or table rules need, as expressions over the
            text columns of the source, each named.
        flags: The column rules, bound.
        first: Number of the first flag among all flags of the part.
        keep: Fields that table rules need.
    """

    table: str
    columns: tuple[pl.Expr, ...]
    flags: tuple[Flag, ...]
    first: int
    keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with every unit of a source.

    Attributes:
        read: Reads a unit.
        row_flags: The rules over rows as they were read.
        tables: What to do with each table.
    """

    read: Callable[[Unit], Piece]
    row_flags: tuple[Flag, ...]
    tables: tuple[TablePlan, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the kernel found in a unit.

    Attributes:
        rows: Lines or rows that the unit spans.
        records: Records among them.
        sha256: Hash of the unit.
        hits: ``row`` (relative, UInt64) and ``flag`` (UInt32), sorted by row and flag.
        kept: Table to the columns that table rules need, with the relative ``_row``.
        broken: Number of a flag whose rule itself failed, and the kind of failure.
    """

    rows: int
    records: int
    sha256: str
    hits: pl.DataFrame
    kept: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    broken: Mapping[int, str] = field(default_factory=dict)


HITS = pl.Schema({"row": pl.UInt64, "flag": pl.UInt32})


def run(unit: Unit, plan: Plan) -> Outcome:
    """Return what the rules of *plan* find in *unit*."""
    piece = plan.read(unit)
    frame = piece.frame
    broken: dict[int, str] = {}
    found = [_hits(frame, plan.row_flags, 0, broken)]
    whole = frame.filter(~pl.col(RAGGED)) if frame[RAGGED].any() else frame
    kept = {}
    for table in plan.tables:
        canonical = whole.select(pl.col(ROW).cast(pl.UInt64), *table.columns)
        found.append(_hits(canonical, table.flags, table.first, broken))
        if table.keep:
            kept[table.table] = canonical.select(ROW, *table.keep)
    hits = pl.concat(found).sort("row", "flag")
    return Outcome(piece.rows, frame.height, piece.sha256, hits, kept, broken)


def _hits(
    frame: pl.DataFrame, flags: Sequence[Flag], first: int, broken: dict[int, str]
) -> pl.DataFrame:
    """Return row and flag number of every row that breaks a flag."""
    if not flags or not frame.height:
        return pl.DataFrame(schema=HITS)
    found = [pl.DataFrame(schema=HITS)]
    for number, breaks in _columns(frame, flags, broken, first):
        if breaks.any():
            rows = frame[ROW].cast(pl.UInt64).filter(breaks)
            flag = pl.repeat(first + number, rows.len(), dtype=pl.UInt32, eager=True)
            found.append(pl.DataFrame({"row": rows, "flag": flag}, schema=HITS))
    return pl.concat(found)


def _columns(
    frame: pl.DataFrame, flags: Sequence[Flag], broken: dict[int, str], first: int
) -> list[tuple[int, pl.Series]]:
    """Return each flag's number and its column, all from one query when no rule fails."""
    named = [
        flag.expression.fill_null(value=False).alias(str(i)) for i, flag in enumerate(flags)
    ]
    try:
        # Lazy, so that what several rules compute is computed once.
        columns = frame.lazy().select(ROW, *named).collect().get_columns()[1:]
        return [(int(column.name), column) for column in columns]
    except pl.exceptions.PolarsError:
        return list(_one_by_one(frame, named, broken, first))


def _one_by_one(
    frame: pl.DataFrame, named: Sequence[pl.Expr], broken: dict[int, str], first: int
) -> list[tuple[int, pl.Series]]:
    """Return the columns of the rules that work, and note those that do not."""
    found = []
    for number, expression in enumerate(named):
        try:
            found.append((number, frame.select(ROW, expression).to_series(1)))
        except pl.exceptions.PolarsError as error:
            broken[first + number] = type(error).__name__
    return found


def needed(flags: Sequence[Flag]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the fields that flags need as typed columns, and those they need as text."""
    names = frozenset().union(*(flag.needs for flag in flags))
    raw = frozenset(name.removesuffix(RAW) for name in names if name.endswith(RAW))
    return frozenset(name for name in names if not name.endswith(RAW)), raw
