"""Opening an SQLite file that someone else made: read-only, never trusted, and in bounds."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import polars as pl

from kirjaamo.finance.datapoints.errors import DataPointsError, TooLargeError
from kirjaamo.messages import N_

ROWS: Final = 60_000_000
"""Most rows of a query; the largest package that is known has 26 million data points."""

TEXT: Final = 1 << 20
"""Most bytes of a cell."""

BATCH: Final = 200_000
"""Rows read at a time."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a database that is not changed.

    Raises:
        DataPointsError: There is no such file, or it is no database.
    """
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, TEXT)
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
    except (sqlite3.Error, UnicodeDecodeError):
        reason = N_("it is not an SQLite database, or it is damaged")
        raise DataPointsError(file=path.name, reason=reason) from None


def tables(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the tables."""
    query = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    return frozenset(name for (name,) in connection.execute(query))


def has(connection: sqlite3.Connection, names: frozenset[str], **wanted: Sequence[str]) -> bool:
    """Tell whether tables are there with the columns that are read: table to columns."""
    return all(
        table in names and set(columns) <= _columns(connection, table)
        for table, columns in wanted.items()
    )


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    query = "SELECT name FROM pragma_table_info(?)"
    return {name for (name,) in connection.execute(query, (table,))}


def frame(connection: sqlite3.Connection, query: str, schema: pl.Schema) -> pl.DataFrame:
    """Return the rows of a query; columns in the order of *schema*.

    Raises:
        TooLargeError: There are more than `ROWS`.
    """
    cursor = connection.execute(query)
    parts, count = [schema.to_frame()], 0
    while rows := cursor.fetchmany(BATCH):
        count += len(rows)
        if count > ROWS:
            raise TooLargeError(most=ROWS)
        parts.append(pl.DataFrame(rows, schema=schema, orient="row", strict=False))
    return pl.concat(parts)
