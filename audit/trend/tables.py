"""What the ledger keeps of audits: snapshots and their counts, never a record or a worker."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from kirjaamo.ledger.tables import METADATA

SNAPSHOT = Table(
    "audit_snapshot",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("as_of", String(10), nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
)
"""Every snapshot; the hash is that of its score file."""

SCORE = Table(
    "audit_score",
    METADATA,
    Column("snapshot", Integer, primary_key=True, autoincrement=False),
    Column("measure", String(8), primary_key=True),
    Column("grouping", String(16), primary_key=True),
    Column("group_name", Text, primary_key=True),
    Column("definition", String(32), nullable=False),
    Column("judged", BigInteger, nullable=False),
    Column("flawed", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""The counts of every snapshot, as they were shown: small groups are not in them."""
