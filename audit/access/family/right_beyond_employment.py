"""Access right that outlasts a fixed-term employment.

**What it checks.** Where the last day of an employment is known and still to come, its access
rights end on that day or earlier.

**Why it matters.** A right that ends by itself cannot be forgotten when the worker leaves.

**Example.** The substitute's employment ends on 31 August, and the right has no end.
"""

import datetime as dt

import polars as pl

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR004",
    on="access_right.valid_to",
    reads=(
        "access_right.worker_id",
        "access_right.valid_to",
        "worker.worker_id",
        "worker.valid_to",
    ),
    severity=Severity.NOTE,
    basis="own judgement",
    since="0.1.0",
    advice="Give the right the last day of the employment as its own.",
)
def check(rights: pl.DataFrame, *, as_of: dt.date) -> pl.LazyFrame:
    """Return the rights in force that outlast a fixed-term employment."""
    to_come = pl.col("worker_to") >= as_of
    longer = pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.col("worker_to"))
    return places(rights.filter(pl.col("in_force") & to_come & longer))
