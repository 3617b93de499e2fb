"""Opening an SQLite file that someone else made: read-only, and never trusted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from kirjaamo.finance.datapoints.errors import DataPointsError
from kirjaamo.messages import N_


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a database that is not changed.

    Raises:
        DataPointsError: There is no such file, or it is no database.
    """
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
    except sqlite3.Error:
        reason = N_("it is not an SQLite database, or it is damaged")
        raise DataPointsError(file=path.name, reason=reason) from None


def tables(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the tables."""
    query = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    return frozenset(name for (name,) in connection.execute(query))
