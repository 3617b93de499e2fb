"""The ledger of a workspace: who did what and when, and which identifiers were given out.

SQLite by default, PostgreSQL by URL.  One process at a time holds a ledger; all its writing
goes over the connection that holds the lock, so that a process that lost the lock cannot write.
Numbers order everything; clocks only tell.  Rooms above keep their own tables in it.

============ ==================================================================================
module       holds
============ ==================================================================================
opening      finding the database, its lock, and bringing its tables to this version
ledger       `Ledger`: transactions, the audit trail, identifiers
identity     identifiers: OIDs below the organisation's own
chain        hash chains
verifying    whether the trail is as it was written
tables       the tables that every ledger has
schema       one module per version of all tables, for Alembic
============ ==================================================================================
"""

from kirjaamo.ledger.ledger import Clock, Ledger, Row
from kirjaamo.ledger.opening import of_workspace, open_ledger, shown

__all__ = ["Clock", "Ledger", "Row", "of_workspace", "open_ledger", "shown"]
