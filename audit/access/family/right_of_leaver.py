"""Access right of a worker who has left.

**What it checks.** No access right is in force for a worker whose employment has ended.
The last day of employment belongs to it.

**Why it matters.** An open right of someone who has left can be used by anybody who knows the
user name, and the log then tells of the wrong person.

**Example.** The employment ended in May, and in August the right to child protection is still
open.
"""

import datetime as dt

import polars as pl

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR001",
    on="access_right.valid_to",
    reads=(
        "access_right.worker_id",
        "worker.worker_id",
        "worker.valid_to",
    ),
    severity=Severity.ERROR,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="End the right on the last day of the employment.",
)
def check(rights: pl.DataFrame, *, as_of: dt.date) -> pl.LazyFrame:
    """Return the rights in force of workers who have left."""
    left = pl.col("worker_to") < as_of
    return places(rights.filter(pl.col("in_force") & left))
