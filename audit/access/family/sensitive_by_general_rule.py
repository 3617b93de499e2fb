"""Sensitive service task allowed only by a general rule.

**What it checks.** A right to a sensitive service task rests on a rule that names the service
task, not only on one for every service task.

**Why it matters.** What is most sensitive must be given on purpose, to somebody whose work
needs it.

**Example.** The rule “every service task” for office secretaries also opens child protection.
"""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from kirjaamo.audit.access.allowing import KEY, in_force, judged, met, places
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "AR011",
    on="access_right.service_task",
    reads=(
        "access_right.worker_id",
        "access_right.service_task",
        "worker.worker_id",
        "worker.position",
    ),
    severity=Severity.WARNING,
    basis="own judgement",
    since="0.1.0",
    advice="End the right, or add a rule that names the service task and says why.",
)
def check(
    rights: pl.DataFrame,
    *,
    table: pl.DataFrame | None,
    as_of: dt.date,
    sensitive: Sequence[str],
) -> pl.LazyFrame:
    """Return the rights to sensitive tasks that only a general rule allows."""
    rules = in_force(table, as_of)
    asked = judged(rights).filter(pl.col("service_task").is_in(sensitive))
    found = (
        met(asked, rules)
        .group_by(KEY)
        .agg(pl.col(SOURCE, ROW).first(), pl.col("general").all())
    )
    return places(found.filter("general"))
