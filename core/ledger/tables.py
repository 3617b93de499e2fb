"""The tables that every ledger has: identifiers given out, and the audit trail.

Nothing here is a name or a text of a record: keys, hashes and counts only.  Rooms above have
tables of their own in the same database; all versions stand in ``kirjaamo.ledger.schema``.
"""

from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

METADATA = MetaData()

IDENTIFIER = Table(
    "identifier",
    METADATA,
    Column("target_id", Text, primary_key=True),
    Column("system", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("source_key", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Every identifier that was ever given out, and for what; none is given out again."""

AUDIT = Table(
    "audit_trail",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("event", String(32), nullable=False),
    Column("facts", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The audit trail: each entry hashes the one before; numbers, not times, order it."""
