"""The versions of the ledger's tables, for Alembic."""
