"""Access right of an unknown worker.

**What it checks.** The worker of an access right that is in force stands among the workers.

**Why it matters.** Nobody answers for a right without an owner: it may be a shared account, a
test account or a person who was removed from the list.

**Example.** A right belongs to the user TUKI01, and no worker has that identifier.
"""

import polars as pl

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR003",
    on="access_right.worker_id",
    reads=(
        "access_right.worker_id",
        "worker.worker_id",
    ),
    severity=Severity.ERROR,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="Find out whose right it is, and end it if it is nobody's.",
)
def check(rights: pl.DataFrame, workers_listed: pl.Series) -> pl.LazyFrame:
    """Return the rights in force whose worker is not listed."""
    known = workers_listed.drop_nulls()
    mine = pl.col("worker_id")
    strange = mine.is_null() | ~mine.is_in(known.implode())
    return places(rights.filter(pl.col("in_force") & strange))
