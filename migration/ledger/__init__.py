"""The ledger: what became of every source row, and who did what and when.

SQLite by default, PostgreSQL by URL.  One process at a time holds a ledger; all its writing
goes over the connection that holds the lock, so that a process that lost the lock cannot write.
Numbers order everything; clocks only tell.
"""

from kirjaamo.migration.ledger.book import Book
from kirjaamo.migration.ledger.opening import open_ledger, shown

__all__ = ["Book", "open_ledger", "shown"]
