"""Parquet: row groups as pieces, every value as the text a person would read."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from kirjaamo.sources import Piece, Unit, cells, headers, limits, place
from kirjaamo.sources.errors import CorruptFileError, TooLargeError
from kirjaamo.sources.profile import Part

_PLAIN = (pl.String, pl.Boolean, pl.Date)
_ERRORS = (pa.ArrowException, OSError, ValueError, OverflowError)


def units(location: str, part: Part, size: int) -> Iterator[Unit]:
    """Yield runs of row groups of about *size* bytes; rows are counted as records."""
    path = place.checked(location)
    with _opened(path) as file:
        header = headers.checked(list(file.schema_arrow.names), part, path.name)
        groups = file.metadata.num_row_groups
        sizes = [file.metadata.row_group(number).total_byte_size for number in range(groups)]
    if max(sizes, default=0) > limits.ROW_GROUP:
        raise TooLargeError(source=path.name, limit=limits.ROW_GROUP)
    begin, weight, number = 0, 0, 0
    for group, bytes_in in enumerate(sizes):
        weight += bytes_in
        if weight >= size or group == groups - 1:
            yield Unit(path.name, location, number, begin, group + 1, header)
            begin, weight, number = group + 1, 0, number + 1
    if not groups:
        yield Unit(path.name, location, 0, 0, 0, header)


def read(unit: Unit, part: Part) -> Piece:
    """Return the rows of a run of row groups as text."""
    del part
    path = Path(unit.location)
    with _opened(path) as file:
        try:
            table = file.read_row_groups(list(range(unit.start, unit.stop)), use_threads=False)
            data = [_text(c) for c in map(_column, table.columns)]
        except (*_ERRORS, pl.exceptions.PolarsError):
            raise CorruptFileError(source=path.name, kind="parquet") from None
    named = [column.alias(name) for name, column in zip(unit.header, data, strict=True)]
    content = pl.DataFrame(named).with_columns(pl.all().replace("", None))
    frame = content.with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt64).alias("_row"), _ragged=pl.lit(value=False)
    )
    return Piece(frame, frame.height, cells.sha256(content))


def _column(column: pa.ChunkedArray) -> pl.Series:
    found = pl.from_arrow(column)
    assert isinstance(found, pl.Series)  # noqa: S101 - for the type checker; an array gives a series
    return found


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except _ERRORS:
        raise CorruptFileError(source=path.name, kind="parquet") from None


def _text(column: pl.Series) -> pl.Series:
    """Return a column as text."""
    if column.dtype in _PLAIN or column.dtype.is_integer():
        return column.cast(pl.String)
    return pl.Series(
        column.name, [cells.text(value) for value in column.to_list()], dtype=pl.String
    )
