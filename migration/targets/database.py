"""Load tables in SQLite or PostgreSQL: documents and receipts, a batch in one transaction."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from kirjaamo.ledger.errors import LedgerLostError
from kirjaamo.ledger.opening import database, shown
from kirjaamo.migration.errors import OtherTargetError
from kirjaamo.migration.targets import Document, receipts

METADATA = sa.MetaData()

DOCUMENT = sa.Table(
    "kirjaamo_document",
    METADATA,
    sa.Column("target_id", sa.Text, primary_key=True),
    sa.Column("run", sa.Integer, nullable=False, index=True),
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("structure", sa.Text, nullable=False),
    sa.Column("delivered", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)

RECEIPT = sa.Table(
    "kirjaamo_receipt",
    METADATA,
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("batch", sa.Integer, primary_key=True),
    sa.Column("documents", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)

_ASKED = 500


@dataclass(frozen=True, slots=True)
class Database:
    """Load tables.

    Attributes:
        engine: The database.
        name: What it is called, without password.
    """

    engine: sa.Engine
    name: str

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            reason = type(error.orig).__name__
            raise LedgerLostError(ledger=self.name, reason=reason) from None

    def apply(self, run: int, batch: int, documents: Sequence[Document]) -> str:
        """Insert the documents of a batch and its receipt."""
        sha256 = _sum(documents)
        with self._transaction() as connection:
            if _receipt(connection, run, batch) == sha256:
                return sha256
            count = _others(connection, documents)
            if count:
                raise OtherTargetError(target=self.name, count=count)
            if documents:
                rows = [_row(run, batch, document) for document in documents]
                connection.execute(sa.insert(DOCUMENT), rows)
            row = {"run": run, "batch": batch, "documents": len(documents), "sha256": sha256}
            connection.execute(sa.insert(RECEIPT), row)
        return sha256

    def revert(self, run: int, batch: int) -> None:
        """Delete the documents of a batch, when they are as they were written, and its receipt."""
        with self._transaction() as connection:
            changed = _changed(connection, run, batch)
            if changed:
                raise OtherTargetError(target=self.name, count=changed)
            for table in (DOCUMENT, RECEIPT):
                mine = (table.c.run == run) & (table.c.batch == batch)
                connection.execute(sa.delete(table).where(mine))

    def finish(self) -> None:
        """Leave the tables as they are; drop them when they are empty."""
        with self._transaction() as connection:
            if not connection.scalar(sa.select(sa.func.count()).select_from(RECEIPT)):
                METADATA.drop_all(connection)

    def held(self) -> Iterator[tuple[str, bytes]]:
        """Yield identifier and content of every document."""
        query = sa.select(DOCUMENT.c.target_id, DOCUMENT.c.content).order_by("target_id")
        with self._transaction() as connection:
            if not sa.inspect(connection).has_table(DOCUMENT.name):
                return
            for target_id, content in connection.execute(query):
                yield target_id, content.encode()

    def receipts(self) -> dict[tuple[int, int], str]:
        """Return the hashes of the receipts, made anew of the rows that stand there."""
        with self._transaction() as connection:
            if not sa.inspect(connection).has_table(RECEIPT.name):
                return {}
            rows = connection.execute(sa.select(RECEIPT)).mappings()
            told = {(row["run"], row["batch"]): row["sha256"] for row in rows}
            return {key: _sum(_described(connection, *key)) for key in told}


@contextmanager
def open_database(url: str) -> Iterator[Database]:
    """Open load tables, made when there are none.

    Raises:
        LedgerLostError: The database cannot be reached.
    """
    engine = sa.create_engine(database(url), poolclass=sa.NullPool)
    try:
        METADATA.create_all(engine)
        yield Database(engine, shown(url))
    except sa.exc.DBAPIError as error:
        raise LedgerLostError(ledger=shown(url), reason=type(error.orig).__name__) from None
    finally:
        engine.dispose()


def _sum(documents: Sequence[Document]) -> str:
    """Return the hash of the receipt of a batch, whatever the order of its documents."""
    ordered = sorted(documents, key=lambda document: document.target_id)
    content = receipts.lines(ordered, [""] * len(ordered))
    return hashlib.sha256(content).hexdigest()


def _described(connection: sa.Connection, run: int, batch: int) -> list[Document]:
    """Return the documents of a batch without their content."""
    mine = (DOCUMENT.c.run == run) & (DOCUMENT.c.batch == batch)
    names = ("target_id", "kind", "structure", "delivered", "sha256")
    rows = connection.execute(sa.select(*(DOCUMENT.c[name] for name in names)).where(mine))
    return [
        Document(target_id, kind, structure, bool(delivered), sha256, b"")
        for target_id, kind, structure, delivered, sha256 in rows
    ]


def _receipt(connection: sa.Connection, run: int, batch: int) -> str | None:
    mine = (RECEIPT.c.run == run) & (RECEIPT.c.batch == batch)
    return connection.scalar(sa.select(RECEIPT.c.sha256).where(mine))


def _others(connection: sa.Connection, documents: Sequence[Document]) -> int:
    """Return how many of the identifiers stand in the table already."""
    every = [document.target_id for document in documents]
    return sum(
        connection.scalar(
            sa.select(sa.func.count()).where(DOCUMENT.c.target_id.in_(every[n : n + _ASKED]))
        )
        or 0
        for n in range(0, len(every), _ASKED)
    )


def _changed(connection: sa.Connection, run: int, batch: int) -> int:
    """Return how many documents of a batch are not as they were written."""
    mine = (DOCUMENT.c.run == run) & (DOCUMENT.c.batch == batch)
    rows = connection.execute(sa.select(DOCUMENT.c.sha256, DOCUMENT.c.content).where(mine))
    return sum(hashlib.sha256(text.encode()).hexdigest() != sha256 for sha256, text in rows)


def _row(run: int, batch: int, document: Document) -> dict[str, object]:
    return {
        "target_id": document.target_id, "run": run, "batch": batch, "kind": document.kind,
        "structure": document.structure, "delivered": int(document.delivered),
        "sha256": document.sha256, "content": document.content.decode(),
    }  # fmt: skip
