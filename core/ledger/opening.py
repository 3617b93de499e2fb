"""Opening a ledger: its database, its lock, and the version of its tables."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from kirjaamo.errors import CannotWriteError
from kirjaamo.files import why
from kirjaamo.ledger.errors import LedgerBusyError, LedgerLostError, LedgerVersionError
from kirjaamo.ledger.ledger import Clock, Ledger
from kirjaamo.workspace import Workspace

HEAD = "3"
"""The version of the tables that this program writes."""

_SQLITE = "sqlite"


def shown(url: str) -> str:
    """Return a URL as it may be shown: without password.

    >>> shown("postgresql://me:secret@db/ledger")
    'postgresql://me:***@db/ledger'
    """
    return make_url(url).render_as_string(hide_password=True)


def database(url: str) -> URL:
    """Return the URL for SQLAlchemy; PostgreSQL is spoken to through psycopg."""
    found = make_url(url)
    is_plain = found.drivername in {"postgresql", "postgres"}
    return found.set(drivername="postgresql+psycopg") if is_plain else found


@contextmanager
def open_ledger(url: str, clock: Clock, who: str) -> Iterator[Ledger]:
    """Open the ledger at *url*, made when there is none, and hold it alone.

    Args:
        url: Database URL: SQLite or PostgreSQL.
        clock: Gives the time; it is only told, never compared.
        who: The user, for the audit trail.

    Raises:
        LedgerBusyError: Another process holds it.
        LedgerLostError: The database cannot be reached.
        LedgerVersionError: A newer version of the program made it.
    """
    place, name = database(url), shown(url)
    with ExitStack() as stack:
        if place.get_backend_name() == _SQLITE:
            stack.enter_context(_file_lock(Path(str(place.database)), name))
        engine = _engine(place)
        stack.callback(engine.dispose)
        try:
            connection = stack.enter_context(engine.connect())
            if place.get_backend_name() != _SQLITE:
                _server_lock(connection, name)
            _upgrade(connection, name)
        except sa.exc.DBAPIError as error:
            raise LedgerLostError(ledger=name, reason=type(error.orig).__name__) from None
        yield Ledger(connection, name, clock, who)


@contextmanager
def of_workspace(workspace: Workspace, clock: Clock, who: str) -> Iterator[Ledger]:
    """Open the ledger of a workspace and hold it alone; errors as `open_ledger`."""
    with open_ledger(workspace.ledger_url, clock, who) as ledger:
        yield ledger


def _engine(place: URL) -> sa.Engine:
    engine = sa.create_engine(place, poolclass=sa.NullPool)
    if place.get_backend_name() == _SQLITE:
        sa.event.listen(engine, "connect", _durable)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _durable(connection: sqlite3.Connection, _: object) -> None:
    """Make SQLite write ahead, and wait for the disk at every commit."""
    connection.isolation_level = None  # else a table would be made outside of the transaction
    for setting in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: sa.Connection) -> None:
    """Begin every transaction in so many words, so that tables too are made whole or not at all."""
    connection.exec_driver_sql("BEGIN")


@contextmanager
def _file_lock(ledger: Path, name: str) -> Iterator[None]:
    """Hold an empty database beside the ledger alone; the lock ends with the process."""
    try:
        ledger.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(path=ledger, reason=why(error)) from None
    try:
        held = sqlite3.connect(f"{ledger}.lock", timeout=0, isolation_level=None)
    except sqlite3.OperationalError:
        raise LedgerLostError(ledger=name, reason="OperationalError") from None
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        held.close()
        raise LedgerBusyError(ledger=name) from None
    try:
        yield
    finally:
        held.close()


def _server_lock(connection: sa.Connection, name: str) -> None:
    """Hold an advisory lock on the connection that also writes; the server ends both at once."""
    key = int.from_bytes(hashlib.sha256(b"kirjaamo ledger").digest()[:7])
    held = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key)))
    connection.commit()
    if not held:
        raise LedgerBusyError(ledger=name)


def _upgrade(connection: sa.Connection, name: str) -> None:
    """Bring the tables to the version of this program."""
    current = _version(connection)
    if current == HEAD:
        return
    if current is not None and int(current) > int(HEAD):
        raise LedgerVersionError(ledger=name)
    _alembic(connection)(HEAD)
    connection.commit()


def _version(connection: sa.Connection) -> str | None:
    has_table = sa.inspect(connection).has_table("alembic_version")
    query = sa.text("SELECT version_num FROM alembic_version")
    found = connection.scalar(query) if has_table else None
    connection.commit()
    return found


def _alembic(connection: sa.Connection) -> Callable[[str], None]:
    """Return what upgrades the tables on *connection*; Alembic is imported only for that."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "kirjaamo.ledger:schema")
    config.attributes["connection"] = connection
    return lambda version: command.upgrade(config, version)
