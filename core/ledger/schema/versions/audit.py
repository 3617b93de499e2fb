"""The tables of snapshots of recording quality."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audit_snapshot",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False, unique=True),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_score",
        sa.Column("snapshot", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("measure", sa.String(8), primary_key=True),
        sa.Column("grouping", sa.String(16), primary_key=True),
        sa.Column("group_name", sa.Text(), primary_key=True),
        sa.Column("definition", sa.String(32), nullable=False),
        sa.Column("judged", sa.BigInteger(), nullable=False),
        sa.Column("flawed", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
