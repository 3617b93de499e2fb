"""The tables of a migration in the ledger.

Keys are sequential in the order of the input, so that writing stays fast; hashes stand in
ordinary columns.  Nothing here is a name or a text of a record: source keys, codes, hashes,
places and counts only.
"""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from kirjaamo.ledger.tables import METADATA

RUN = Table(
    "migration_run",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("plan_hash", String(64), nullable=False),
    Column("recipe", String(64), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("target", Text, nullable=False),
    Column("plan", Text, nullable=False),
)
"""One row a run: ``running``, ``done``, ``accepted`` or ``rolled_back``."""

BATCH = Table(
    "migration_batch",
    METADATA,
    Column("run", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("system", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("moved", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("root", String(64), nullable=False),
    Column("chain", String(64), nullable=False),
    Column("receipt", String(64), nullable=False),
    sqlite_with_rowid=False,
)
"""One row a batch: ``ready``, ``started``, ``applied``, ``done``, ``failed``, ``rolled_back``."""

RECORD = Table(
    "migration_record",
    METADATA,
    Column("run", Integer, primary_key=True),
    Column("ordinal", BigInteger, primary_key=True),
    Column("batch", Integer, nullable=False),
    Column("system", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("source_key", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_row", BigInteger, nullable=False),
    Column("service_task", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("findings", Text, nullable=False),
    Column("structure", Text, nullable=False),
    Column("target_id", Text, nullable=False),
    Column("source_hash", String(64), nullable=False),
    Column("target_hash", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("delivered", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for every source row: what became of it."""

ACCEPTANCE = Table(
    "migration_acceptance",
    METADATA,
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("chain", String(64), nullable=False),
)
