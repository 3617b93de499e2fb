"""The audit trail: what a command writes into it, and who it is."""

import datetime as dt
import getpass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kirjaamo.workspace import Workspace


def remember(workspace: "Workspace", event: str, **facts: object) -> None:
    """Write an entry into the audit trail of a workspace; facts hold no value of a record.

    Raises:
        LedgerBusyError: Another process holds the ledger.
        LedgerLostError: The database cannot be reached.
    """
    from kirjaamo.ledger import of_workspace

    with of_workspace(workspace, lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        ledger.remember(event, **facts)
