"""Rights of a worker whose unit is not in operation.

**What it checks.** A worker with access rights in force belongs to a unit that is in operation.

**Why it matters.** The unit tells which clients a worker serves; without a unit in operation
nobody can tell whether the rights are right, and no supervisor signs for them.

**Example.** The worker's unit was joined to another one three years ago.
"""

import polars as pl

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR006",
    on="worker.unit",
    reads=(
        "worker.worker_id",
        "worker.unit",
        "access_right.worker_id",
        "unit.unit_id",
        "unit.valid_to",
    ),
    severity=Severity.WARNING,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="Give the worker the unit that goes on with the work, and check the rights.",
)
def check(rights: pl.DataFrame, workers: pl.DataFrame, closed: pl.DataFrame) -> pl.LazyFrame:
    """Return the workers with rights whose unit is not in operation."""
    held = rights.filter("in_force").select("worker_id").drop_nulls()
    shut = workers.filter("employed").join(closed, on="unit", how="semi")
    return places(shut.join(held, on="worker_id", how="semi"))
