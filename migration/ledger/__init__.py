"""The part of the ledger that a migration writes: what became of every source row.

The ledger itself, its lock, its audit trail and the identifiers it gave out are
``kirjaamo.ledger``.
"""

from kirjaamo.migration.ledger.book import Book, open_book

__all__ = ["Book", "open_book"]
