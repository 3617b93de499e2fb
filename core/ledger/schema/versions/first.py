"""The first tables of the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _runs()
    _records()
    _trail()


def _text(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _short(length: int, *names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.String(length), nullable=False) for name in names]


def _whole(kind: type["sa.Integer"], *names: str) -> list["sa.Column[int]"]:
    return [sa.Column(name, kind(), nullable=False) for name in names]


def _key(*names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names)


def _runs() -> None:
    op.create_table(
        "migration_run", *_whole(sa.Integer, "number"), *_short(64, "plan_hash", "recipe"),
        *_short(16, "stage", "state"), *_text("target", "plan"), _key("number"),
    )  # fmt: skip
    op.create_table(
        "migration_batch", *_whole(sa.Integer, "run", "number"), *_text("system"),
        *_short(32, "kind"), *_whole(sa.BigInteger, "first", "last"), *_short(16, "state"),
        *_whole(sa.Integer, "moved", "held", "rejected"),
        *_short(64, "root", "chain", "receipt"),
        _key("run", "number"), sqlite_with_rowid=False,
    )  # fmt: skip


def _records() -> None:
    op.create_table(
        "migration_record", *_whole(sa.Integer, "run"), *_whole(sa.BigInteger, "ordinal"),
        *_whole(sa.Integer, "batch"), *_text("system"), *_short(32, "kind"),
        *_text("source_key", "source"), *_whole(sa.BigInteger, "source_row"),
        *_text("service_task", "unit"), *_whole(sa.Integer, "year"), *_short(16, "outcome"),
        *_short(32, "reason"), *_text("findings", "structure", "target_id"),
        *_short(64, "source_hash", "target_hash"), *_whole(sa.BigInteger, "size"),
        *_whole(sa.Integer, "delivered"), _key("run", "ordinal"), sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "identifier", *_text("target_id", "system"), *_short(32, "kind"),
        *_text("source_key"), _key("target_id"), sqlite_with_rowid=False,
    )  # fmt: skip


def _trail() -> None:
    op.create_table(
        "migration_acceptance", *_whole(sa.Integer, "run"), *_short(40, "at"),
        *_text("who", "statement"), *_short(64, "chain"), _key("run"),
    )  # fmt: skip
    op.create_table(
        "audit_trail", *_whole(sa.BigInteger, "number"), *_short(40, "at"), *_text("who"),
        *_short(32, "event"), *_text("facts"), *_short(64, "previous", "hash"), _key("number"),
    )  # fmt: skip
