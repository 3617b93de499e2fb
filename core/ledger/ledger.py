"""An open ledger: its transactions, its audit trail and the identifiers it gave out."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from kirjaamo.ledger.chain import START, canonical, link
from kirjaamo.ledger.errors import LedgerLostError
from kirjaamo.ledger.tables import AUDIT, IDENTIFIER

Clock = Callable[[], dt.datetime]
Row = Mapping[str, Any]

ASKED = 500
"""Identifiers asked for at once; databases limit the parameters of a statement."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger that this process holds alone.

    Attributes:
        connection: The only connection; it also holds the lock.
        name: What the ledger is called, without password.
        clock: Gives the time.
        who: The user.
    """

    connection: sa.Connection
    name: str
    clock: Clock
    who: str

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Give the connection in a transaction.

        Raises:
            LedgerLostError: The database went away or cannot be written.
        """
        try:
            with self.connection.begin():
                yield self.connection
        except sa.exc.DBAPIError as error:
            reason = type(error.orig).__name__
            raise LedgerLostError(ledger=self.name, reason=reason) from None

    def rows(self, query: sa.Select[Any]) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        with self.transaction() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def now(self) -> str:
        """Return the time in UTC, to the microsecond, so that text orders as time does."""
        return self.clock().astimezone(dt.UTC).isoformat(timespec="microseconds")

    def note(self, connection: sa.Connection, event: str, facts: Mapping[str, object]) -> None:
        """Write an entry of the audit trail into the transaction of *connection*.

        A clock that has gone back since the entry before is told in the entry itself.
        """
        query = sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(1)
        last = connection.execute(query).mappings().first()
        number = last["number"] + 1 if last else 1
        at = self.now()
        if last and at < last["at"]:
            facts = {**facts, "clock": "set back"}
        text = canonical(facts).decode()
        entry = [number, at, self.who, event, text]
        previous = last["hash"] if last else START
        names = ("number", "at", "who", "event", "facts")
        row = dict(zip(names, entry, strict=True))
        row |= {"previous": previous, "hash": link(previous, entry)}
        connection.execute(sa.insert(AUDIT), row)

    def remember(self, event: str, **facts: object) -> None:
        """Write an entry of the audit trail in a transaction of its own."""
        with self.transaction() as connection:
            self.note(connection, event, facts)

    def claim(self, connection: sa.Connection, wanted: Sequence[Row]) -> set[str]:
        """Give out identifiers in the transaction of *connection*.

        Args:
            connection: The connection of an open `transaction`.
            wanted: ``target_id`` with ``system``, ``kind`` and ``source_key`` of what it is for.

        Returns:
            The identifiers that belong to something else already; they are not given.
        """
        if not wanted:
            return set()
        connection.execute(self._insert(), [dict(row) for row in wanted])
        return set(_taken(connection, wanted))

    def _insert(self) -> sa.Insert:
        """Return the statement that takes identifiers which nobody has."""
        is_sqlite = self.connection.dialect.name == "sqlite"
        insert = sqlite.insert if is_sqlite else postgresql.insert
        return insert(IDENTIFIER).on_conflict_do_nothing()


def _taken(connection: sa.Connection, wanted: Sequence[Row]) -> Iterator[str]:
    """Yield the wanted identifiers that stand for something else."""
    mine = {row["target_id"]: (row["system"], row["kind"], row["source_key"]) for row in wanted}
    every = list(mine)
    for first in range(0, len(every), ASKED):
        asked = IDENTIFIER.c.target_id.in_(every[first : first + ASKED])
        for name, *owner in connection.execute(sa.select(IDENTIFIER).where(asked)):
            if mine[name] != tuple(owner):
                yield name
