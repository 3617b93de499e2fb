"""Databases by SQLAlchemy URL (SQLite, PostgreSQL): a table or view in the order of its key.

Pieces are runs of records in the order of the primary key (SQLite: the row id), fetched by the
key of the record before, so that a piece costs the same at the end of a table as at its start.
A table or view without a key is put in the order of all its columns.  The database is opened
read-only.  The row a person sees is the number of the record in that order.

A password stays out of every unit: it is kept in this process, and another process takes it
from ``KIRJAAMO_DATABASE_PASSWORD`` or from the driver's own place (``~/.pgpass``).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from kirjaamo import urls
from kirjaamo.sources import Piece, Unit, cells, headers, place
from kirjaamo.sources.errors import (
    ChooseSheetError,
    DatabaseError,
    DatabaseLoginError,
    DatabaseUrlError,
    MissingSheetError,
    UnreachableDatabaseError,
)
from kirjaamo.sources.profile import Part

PASSWORD = "KIRJAAMO_DATABASE_PASSWORD"  # noqa: S105 - the name of a variable
_BYTES_PER_ROW = 256
_SQLITE_START = b"SQLite format 3\x00"
_LOGIN = ("password", "role", "authentication")
_CONNECT = {"connect_timeout": 10}
_passwords: dict[str, str] = {}


def units(location: str, part: Part, size: int) -> Iterator[Unit]:
    """Yield runs of records of a table, about *size* bytes each."""
    shown = without_password(location)
    with _connected(shown) as connection:
        table = _table(connection, shown, part)
        names = [column.name for column in table.columns]
        source = f"{name(shown)}[{part.sheet or table.name}]"
        header = headers.checked(names, part, source)
        count = max(size // _BYTES_PER_ROW, 1)
        for number, (start, stop, after) in enumerate(_runs(connection, table, count)):
            yield Unit(source, shown, number, start, stop, header, after=after)


def read(unit: Unit, part: Part) -> Piece:
    """Return a run of records as text."""
    with _connected(unit.location) as connection:
        table = _table(connection, unit.location, part)
        query = sa.select(*table.columns).order_by(*_order(connection, table))
        query = _from(query, connection, table, unit.start, unit.after)
        found = connection.execute(query.limit(unit.stop - unit.start)).all()
    rows = [[cells.text(value) for value in row] for row in found]
    frame = cells.frame(unit.header, rows, range(len(rows)))
    return Piece(frame, len(rows), cells.sha256(frame))


def tables(location: str) -> tuple[str, ...]:
    """Return the names of the tables and views of a database, sorted."""
    shown = without_password(location)
    with _connected(shown) as connection:
        return _names(connection)


def without_password(location: str) -> str:
    """Return a database URL without its password, which this process remembers."""
    url = _url(location)
    shown = urls.without_password(location)
    if url.password is not None:
        _passwords[shown] = str(url.password)
    return shown


def name(location: str) -> str:
    """Return the short name of a database: its file name, or the name on its server."""
    return Path(_url(location).database or "?").name


def _url(location: str) -> URL:
    try:
        return make_url(location)
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseUrlError(source=location.partition("://")[0] or "?") from None


@cache
def _engine(shown: str, password: str | None) -> sa.Engine:
    url = _url(shown)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "").absolute()
        url = url.set(database=path.as_uri(), query={"mode": "ro", "uri": "true"})
        return sa.create_engine(url, poolclass=sa.NullPool)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    url = url.set(password=password)
    return sa.create_engine(url, poolclass=sa.NullPool, connect_args=_CONNECT)


@contextmanager
def _connected(shown: str) -> Iterator[sa.Connection]:
    """Connect for reading; every error of the database becomes one sentence without secrets."""
    url = _url(shown)
    source = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        _check_file(url)
    try:
        engine = _engine(shown, _passwords.get(shown) or os.environ.get(PASSWORD))
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            yield connection
    except (sa.exc.NoSuchModuleError, ImportError):
        raise DatabaseUrlError(source=source) from None
    except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
        raise _connection_error(error, source) from None
    except (sa.exc.SQLAlchemyError, ValueError, TypeError) as error:
        raise DatabaseError(source=source, reason=type(error).__name__) from None


def _check_file(url: URL) -> None:
    path = place.checked(url.database or "")
    if place.between(str(path), 0, len(_SQLITE_START)) != _SQLITE_START:
        raise DatabaseError(source=path.name, reason="not SQLite")


def _connection_error(error: sa.exc.DBAPIError, source: str) -> DatabaseError:
    """Return the error for a refused or failed connection, without the driver's words."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    words = str(error.orig).lower()
    if state.startswith("28") or any(word in words for word in _LOGIN):
        return DatabaseLoginError(source=source)
    if source.startswith("sqlite"):
        return DatabaseError(source=source, reason=type(error.orig).__name__)
    return UnreachableDatabaseError(source=source)


def _names(connection: sa.Connection) -> tuple[str, ...]:
    look = sa.inspect(connection)
    return tuple(sorted([*look.get_table_names(), *look.get_view_names()]))


def _table(connection: sa.Connection, shown: str, part: Part) -> sa.Table:
    """Return the table or view that the profile names (``schema.table``), or the only one."""
    known = _names(connection)
    if not part.sheet and len(known) > 1:
        raise ChooseSheetError(source=name(shown), known=known)
    wanted = part.sheet or next(iter(known), "")
    schema, _, last = wanted.rpartition(".") if wanted not in known else ("", "", wanted)
    try:
        return sa.Table(
            last, sa.MetaData(),
            schema=schema or None, autoload_with=connection, resolve_fks=False,
        )  # fmt: skip
    except (sa.exc.NoSuchTableError, sa.exc.InvalidRequestError):
        raise MissingSheetError(source=name(shown), sheet=wanted, known=known) from None


def _key(connection: sa.Connection, table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """Return what identifies a record, in order, or nothing."""
    key: list[sa.ColumnElement[Any]] = list(table.primary_key.columns)
    if connection.dialect.name == "sqlite" and _has_row_id(connection, table):
        return [sa.literal_column("rowid", sa.Integer)]
    return key


def _has_row_id(connection: sa.Connection, table: sa.Table) -> bool:
    """Tell whether a relation of SQLite is a table with row ids that no column hides."""
    if table.name not in sa.inspect(connection).get_table_names() or "rowid" in table.columns:
        return False
    try:
        connection.execute(sa.select(sa.literal_column("rowid")).select_from(table).limit(1))
    except sa.exc.OperationalError:  # WITHOUT ROWID
        return False
    return True


def _order(connection: sa.Connection, table: sa.Table) -> list[sa.ColumnElement[Any]]:
    return _key(connection, table) or [sa.cast(c, sa.Text) for c in table.columns]


def _from(
    query: sa.Select[Any],
    connection: sa.Connection,
    table: sa.Table,
    start: int,
    after: tuple[object, ...],
) -> sa.Select[Any]:
    """Return a query that begins after a key, or after *start* records where there is none."""
    if not after:
        return query.offset(start)
    key = _key(connection, table)
    return query.where(
        sa.tuple_(*key) > sa.tuple_(*after) if len(key) > 1 else key[0] > after[0]
    )


def _runs(
    connection: sa.Connection, table: sa.Table, count: int
) -> Iterator[tuple[int, int, tuple[object, ...]]]:
    """Yield start, stop and the key before of runs of *count* records."""
    total = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    key: list[Any] = _key(connection, table)
    after: tuple[object, ...] = ()
    for start in range(0, max(total, 1), count):
        stop = min(start + count, total)
        yield start, stop, after
        if key and stop < total:
            key_query = sa.select(*key).select_from(table).order_by(*key)
            query = _from(key_query, connection, table, 0, after).offset(count - 1).limit(1)
            row = connection.execute(query).first()
            after = tuple(row) if row is not None else ()
