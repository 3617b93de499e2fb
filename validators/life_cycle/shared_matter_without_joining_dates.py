"""Shared matter without joining dates.

**What it checks.** A matter of several clients has a date of joining for each of them.

**Why it matters.** The national structure of the matter document requires the moment of joining
when a matter is shared.
Without it nobody can tell from which day the matter concerns each client.

**Example.** A matter of three siblings has one date of joining.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule


@column_rule(
    "LC010",
    on="matter.joined",
    severity=Severity.ERROR,
    basis="structure 1505.2, Asia-asiakirja, version 2022-06-28",
    since="0.1.0",
    advice="Record for every client of the matter the day of joining it.",
)
def check(value: pl.Expr, client_ids: pl.Expr) -> pl.Expr:
    """Return whether fewer dates of joining than clients are given."""
    clients = client_ids.list.n_unique()
    return (clients > 1) & (value.list.len().fill_null(0) < clients)
