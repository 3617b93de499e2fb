"""Rights of a worker whose position the rule table lacks.

**What it checks.** The position of a worker with access rights in force stands in the rule
table, or is missing there only because the table has rules for every position.

**Why it matters.** Where the table says nothing of a position, its rights have been given by
habit.

**Example.** Workers with the position “harjoittelija” have rights, and no rule mentions them.
"""

import datetime as dt

import polars as pl

from kirjaamo.audit.access.allowing import in_force, places, with_roles
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR007",
    on="worker.position",
    reads=(
        "worker.worker_id",
        "worker.position",
        "access_right.worker_id",
    ),
    severity=Severity.WARNING,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="Add the position to the rule table, or correct the position of the worker.",
)
def check(
    rights: pl.DataFrame, workers: pl.DataFrame, *, table: pl.DataFrame | None, as_of: dt.date
) -> pl.LazyFrame:
    """Return the workers with rights whose position has no rule."""
    held = rights.filter("in_force").select("worker_id").drop_nulls()
    asked = workers.filter("employed").join(held, on="worker_id", how="semi")
    known = with_roles(asked.drop_nulls("role"), in_force(table, as_of)).select("worker_id")
    return places(asked.join(known, on="worker_id", how="anti"))
