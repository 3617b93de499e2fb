"""Access right given twice.

**What it checks.** No worker has two rights in force to the same service task, process and
unit.

**Why it matters.** When the worker leaves, one of them is ended and the other one stays.

**Example.** Two rows give the same worker child protection in the same unit.
"""

import polars as pl

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR013",
    on="access_right.worker_id",
    reads=(
        "access_right.worker_id",
        "access_right.service_task",
    ),
    severity=Severity.NOTE,
    basis="own judgement",
    since="0.1.0",
    advice="End all but one of them.",
)
def check(rights: pl.DataFrame) -> pl.LazyFrame:
    """Return the rights that repeat another one in force."""
    same = ["worker_id", "service_task", "service_process", "unit"]
    held = rights.filter("in_force").drop_nulls(["worker_id", "service_task"])
    return places(held.filter(~pl.struct(same).is_first_distinct()))
