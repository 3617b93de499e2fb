"""What a migration writes into the ledger and reads from it, transaction by transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from kirjaamo.ledger import Clock, Ledger, Row, open_ledger
from kirjaamo.ledger.ledger import ASKED
from kirjaamo.ledger.tables import IDENTIFIER
from kirjaamo.migration.errors import NoRunError
from kirjaamo.migration.ledger.tables import ACCEPTANCE, BATCH, RECORD, RUN

FIELDS = tuple(column.name for column in RECORD.columns)
"""The columns of a record, in the order in which they are hashed."""


class Book(Ledger):
    """An open ledger, as a migration uses it."""

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

    def every(self, run: int) -> Iterator[dict[str, Any]]:
        """Yield the records of a run in order; one batch at a time is held."""
        for batch in self.batches(run):
            yield from self.records(run, batch["number"])

    def moved(self, stage: str, besides: int | None = None) -> list[tuple[str, str, str]]:
        """Return system, table and key of what the runs of a stage have moved.

        Args:
            stage: ``test`` or ``production``; what was rolled back does not count.
            besides: A run that does not count.
        """
        mine = [
            run["number"]
            for run in self.runs()
            if run["stage"] == stage
            and run["state"] != "rolled_back"
            and run["number"] != besides
        ]
        query = (
            sa.select(RECORD.c.system, RECORD.c.kind, RECORD.c.source_key)
            .where(RECORD.c.run.in_(mine), RECORD.c.outcome == "moved")
            .order_by(RECORD.c.run, RECORD.c.ordinal)
        )
        with self.transaction() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def targets(self, names: Iterable[str], besides: int) -> set[str]:
        """Return those of *names* that a run other than *besides*, not rolled back, has moved."""
        others = [
            run["number"]
            for run in self.runs()
            if run["state"] != "rolled_back" and run["number"] != besides
        ]
        found: set[str] = set()
        every = sorted(names) if others else []
        for first in range(0, len(every), ASKED):
            asked = RECORD.c.target_id.in_(every[first : first + ASKED])
            query = sa.select(RECORD.c.target_id).where(RECORD.c.run.in_(others), asked)
            with self.transaction() as connection:
                found.update(connection.scalars(query))
        return found

    def unknown_identifiers(self, run: int) -> int:
        """Return how many records of a run moved under an identifier not given out to them."""
        given = sa.and_(
            IDENTIFIER.c.target_id == RECORD.c.target_id,
            IDENTIFIER.c.system == RECORD.c.system,
            IDENTIFIER.c.kind == RECORD.c.kind,
            IDENTIFIER.c.source_key == RECORD.c.source_key,
        )
        mine = sa.and_(RECORD.c.run == run, RECORD.c.outcome == "moved")
        query = (
            sa.select(sa.func.count())
            .select_from(RECORD.outerjoin(IDENTIFIER, given))
            .where(mine, IDENTIFIER.c.target_id.is_(None))
        )
        with self.transaction() as connection:
            return int(connection.scalar(query) or 0)

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
            return self.claim(connection, wanted)

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
            at = self.now()
            row = {"run": run, "at": at, "who": self.who, "statement": statement}
            connection.execute(sa.insert(ACCEPTANCE), row | {"chain": chain})
            connection.execute(
                sa.update(RUN).where(RUN.c.number == run).values(state="accepted")
            )
            facts = {"run": run, "statement": statement, "chain": chain}
            self.note(connection, "run accepted", facts)


@contextmanager
def open_book(url: str, clock: Clock, who: str) -> Iterator[Book]:
    """Open the ledger at *url* for a migration; see `kirjaamo.ledger.open_ledger`."""
    with open_ledger(url, clock, who) as ledger:
        yield Book(ledger.connection, ledger.name, ledger.clock, ledger.who)


def _of(run: int, number: int) -> sa.Update:
    return sa.update(BATCH).where(BATCH.c.run == run, BATCH.c.number == number)
