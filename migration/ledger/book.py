"""What is written into the ledger and read from it, transaction by transaction."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from kirjaamo.migration.errors import LedgerLostError, NoRunError
from kirjaamo.migration.ledger.chain import START, canonical, link
from kirjaamo.migration.ledger.tables import ACCEPTANCE, AUDIT, BATCH, IDENTIFIER, RECORD, RUN

Clock = Callable[[], dt.datetime]
Row = Mapping[str, Any]

FIELDS = tuple(column.name for column in RECORD.columns)
"""The columns of a record, in the order in which they are hashed."""

_ASKED = 500
"""Identifiers asked for at once; databases limit the parameters of a statement."""


@dataclass(frozen=True, slots=True)
class Book:
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

    def runs(self) -> list[dict[str, Any]]:
        """Return every run, oldest first."""
        return self.rows(sa.select(RUN).order_by(RUN.c.number))

    def run(self, number: int | None = None) -> dict[str, Any]:
        """Return a run; the last one unless *number* tells which.

        Raises:
            NoRunError: There is none.
        """
        found = [run for run in self.runs() if number is None or run["number"] == number]
        if not found:
            raise NoRunError
        return found[-1]

    def batches(self, run: int) -> list[dict[str, Any]]:
        """Return the batches of a run in order."""
        return self.rows(sa.select(BATCH).where(BATCH.c.run == run).order_by(BATCH.c.number))

    def records(self, run: int, batch: int | None = None) -> list[dict[str, Any]]:
        """Return the records of a run, or of one of its batches, in order."""
        query = sa.select(RECORD).where(RECORD.c.run == run).order_by(RECORD.c.ordinal)
        return self.rows(query if batch is None else query.where(RECORD.c.batch == batch))

    def start_run(self, run: Row, batches: Sequence[Row]) -> None:
        """Write a new run and its batches, all *ready*."""
        with self.transaction() as connection:
            connection.execute(sa.insert(RUN), dict(run))
            if batches:
                connection.execute(sa.insert(BATCH), [dict(batch) for batch in batches])
            facts = {"run": run["number"], "plan": run["plan_hash"], "stage": run["stage"]}
            self.note(connection, "run started", facts | {"target": run["target"]})

    def set_run(self, number: int, state: str, event: str, **facts: object) -> None:
        """Give a run another state, and write why into the audit trail."""
        with self.transaction() as connection:
            connection.execute(sa.update(RUN).where(RUN.c.number == number).values(state=state))
            self.note(connection, event, {"run": number, **facts})

    def start_batch(self, run: int, number: int, wanted: Sequence[Row]) -> set[str]:
        """Say what a batch is about to write, and claim its identifiers.

        Returns:
            The identifiers that belong to another record already.
        """
        with self.transaction() as connection:
            connection.execute(_of(run, number).values(state="started"))
            if wanted:
                connection.execute(self._claim(), [dict(row) for row in wanted])
            return set(_taken(connection, wanted))

    def apply_batch(self, run: int, number: int, receipt: str) -> None:
        """Say that the target holds a batch, and the hash of its receipt."""
        with self.transaction() as connection:
            connection.execute(_of(run, number).values(state="applied", receipt=receipt))

    def finish_batch(self, batch: Row, records: Sequence[Row]) -> None:
        """Write the records of a batch and close it; its chain goes into the audit trail."""
        run, number = batch["run"], batch["number"]
        with self.transaction() as connection:
            if records:
                connection.execute(sa.insert(RECORD), [dict(record) for record in records])
            connection.execute(_of(run, number).values(dict(batch)))
            kept = ("run", "number", "moved", "held", "rejected", "chain", "receipt")
            self.note(connection, "batch done", {key: batch[key] for key in kept})

    def fail_batch(self, run: int, number: int, reason: str) -> None:
        """Say that the target refused a batch; it is tried again when the run is resumed."""
        with self.transaction() as connection:
            connection.execute(_of(run, number).values(state="failed"))
            self.note(connection, "batch failed", {"run": run, "number": number, "why": reason})

    def revert_batch(self, run: int, number: int) -> None:
        """Say that the target no longer holds a batch; its records stay as they were."""
        with self.transaction() as connection:
            connection.execute(_of(run, number).values(state="rolled_back"))
            self.note(connection, "batch rolled back", {"run": run, "number": number})

    def accept(self, run: int, statement: str, chain: str) -> None:
        """Close a run for good."""
        with self.transaction() as connection:
            at = _stamp(self.clock())
            row = {"run": run, "at": at, "who": self.who, "statement": statement}
            connection.execute(sa.insert(ACCEPTANCE), row | {"chain": chain})
            connection.execute(
                sa.update(RUN).where(RUN.c.number == run).values(state="accepted")
            )
            facts = {"run": run, "statement": statement, "chain": chain}
            self.note(connection, "run accepted", facts)

    def note(self, connection: sa.Connection, event: str, facts: Mapping[str, object]) -> None:
        """Write an entry of the audit trail into the transaction of *connection*.

        A clock that has gone back since the entry before is told in the entry itself.
        """
        query = sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(1)
        last = connection.execute(query).mappings().first()
        number = last["number"] + 1 if last else 1
        at = _stamp(self.clock())
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

    def _claim(self) -> sa.Insert:
        """Return the statement that takes identifiers which nobody has."""
        is_sqlite = self.connection.dialect.name == "sqlite"
        insert = sqlite.insert if is_sqlite else postgresql.insert
        return insert(IDENTIFIER).on_conflict_do_nothing()


def _of(run: int, number: int) -> sa.Update:
    return sa.update(BATCH).where(BATCH.c.run == run, BATCH.c.number == number)


def _taken(connection: sa.Connection, wanted: Sequence[Row]) -> Iterator[str]:
    """Yield the wanted identifiers that stand for something else."""
    mine = {row["target_id"]: (row["system"], row["kind"], row["source_key"]) for row in wanted}
    every = list(mine)
    for first in range(0, len(every), _ASKED):
        asked = IDENTIFIER.c.target_id.in_(every[first : first + _ASKED])
        for name, *owner in connection.execute(sa.select(IDENTIFIER).where(asked)):
            if mine[name] != tuple(owner):
                yield name


def _stamp(moment: dt.datetime) -> str:
    """Return a moment in UTC, to the microsecond, so that text orders as time does."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
