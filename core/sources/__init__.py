"""Sources: what old systems export, read as columns of text with the rows a person sees.

One module per format (csv, xlsx, json, jsonl, xml, parquet, sql).  Each answers two
questions and nothing else:

``units(location, part, size)``
    into which pieces can this source be cut, so that each piece can be read alone?
``read(unit, part)``
    what stands in this piece: a `Piece` of text columns and row numbers.

A `Profile` (YAML) says which file, sheet or query becomes which canonical table.  Rules,
codes and findings are unknown here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from kirjaamo.sources.profile import Part

RAGGED = "_ragged"
"""Beside ``_row`` in every piece: the row has more or fewer cells than the header."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a source that can be read alone: the unit of all work.

    Attributes:
        source: The name a person knows: file, or ``file[sheet]``, or the table of a database.
        location: Path or database URL without password.
        number: 0, 1, 2 ... within the source.
        start: First byte (csv, jsonl) or first record.
        stop: Byte or record after the last.
        header: Names of the columns, in order.
        encoding: Encoding of the text, where that is known.
        delimiter: Delimiter of the columns, where there is one.
        after: Key of the last record of the unit before (databases); never shown.
    """

    source: str
    location: str
    number: int
    start: int
    stop: int
    header: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ""
    after: tuple[object, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in a unit.

    Attributes:
        frame: Every column as text (null where the cell is empty), ``_row`` (UInt64: the first
            line of the record, counted from the first line of the unit, from 0) and ``_ragged``.
        rows: How many lines or rows the unit spans; the driver's prefix sum turns the
            relative ``_row`` into the number that a person sees.
        sha256: Hash of the bytes or cells of the unit.
    """

    frame: pl.DataFrame
    rows: int
    sha256: str


class Format(Protocol):
    """What every format module offers."""

    def units(self, location: str, part: Part, size: int) -> Iterator[Unit]:
        """Yield the units of a source, about *size* bytes each, in order."""

    def read(self, unit: Unit, part: Part) -> Piece:
        """Return what stands in *unit*."""
