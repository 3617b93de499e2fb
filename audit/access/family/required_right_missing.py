"""Right missing that the position requires.

**What it checks.** An employed worker has every right in force that the rule table requires of
the position, in the units that the rule is about.

**Why it matters.** Who lacks a right works under the user name of another, and the log then
tells of the wrong person.

**Example.** Social workers of the unit need child protection, and one of them has no such
right.
"""

import datetime as dt

import polars as pl

from kirjaamo.audit.access.allowing import in_force, required
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "AR010",
    on="worker.position",
    reads=(
        "worker.worker_id",
        "worker.position",
        "access_right.worker_id",
        "access_right.service_task",
    ),
    severity=Severity.WARNING,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="Give the right, or correct the position of the worker.",
)
def check(
    rights: pl.DataFrame, workers: pl.DataFrame, *, table: pl.DataFrame | None, as_of: dt.date
) -> pl.LazyFrame:
    """Return the employed workers who lack a required right."""
    asked = required(workers, in_force(table, as_of))
    held = rights.filter("in_force").select("worker_id", "service_task").drop_nulls()
    lacking = asked.join(held, on=["worker_id", "service_task"], how="anti")
    return lacking.lazy().select(SOURCE, ROW, task="service_task").unique()
