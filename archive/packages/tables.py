"""What the ledger keeps of archive documents and packages: identifiers, hashes, states."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from kirjaamo.ledger.tables import METADATA

DOCUMENT = Table(
    "archive_document",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("package", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Every archive document: its state, the hash of its signed bytes, its package (0: none)."""

PACKAGE = Table(
    "archive_package",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("documents", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
)
"""Every package: its state, and the hash of its tag manifest, which hashes all in it."""

STEP = Table(
    "archive_step",
    METADATA,
    Column("package", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("evidence", String(64), nullable=False),
    sqlite_with_rowid=False,
)
"""Every step of a package: when, who, on what ground, and the hash of the evidence."""
