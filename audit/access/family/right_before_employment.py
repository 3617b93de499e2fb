"""Access right that began before the employment.

**What it checks.** An access right begins on the first day of the employment or later.

**Why it matters.** A right without employment has no duty behind it; the day of the right or of
the employment is wrong.

**Example.** The right begins on 1 March, and the worker came on 15 March.
"""

import polars as pl

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR002",
    on="access_right.valid_from",
    reads=(
        "access_right.worker_id",
        "access_right.valid_from",
        "worker.worker_id",
        "worker.valid_from",
    ),
    severity=Severity.WARNING,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="Check the first day of the right and of the employment.",
)
def check(rights: pl.DataFrame) -> pl.LazyFrame:
    """Return the rights that began before the employment."""
    early = pl.col("valid_from") < pl.col("worker_from")
    return places(rights.filter(early))
