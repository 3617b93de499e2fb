"""Access right outside the rule table.

**What it checks.** A rule in force allows the worker's position the service task of the right.
Positions that the table lacks are left to AR007.

**Why it matters.** Access must follow the service task: a right that no rule allows lets a
worker read clients whom the work does not concern.

**Example.** A benefit clerk has a right to child protection, and the table gives it to social
workers only.
"""

import datetime as dt

import polars as pl

from kirjaamo.audit.access.allowing import KEY, in_force, judged, met, places, with_roles
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR008",
    on="access_right.service_task",
    reads=(
        "access_right.worker_id",
        "access_right.service_task",
        "worker.worker_id",
        "worker.position",
    ),
    severity=Severity.ERROR,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="End the right, or have the rule decided on and add it to the table.",
)
def check(rights: pl.DataFrame, *, table: pl.DataFrame | None, as_of: dt.date) -> pl.LazyFrame:
    """Return the rights in force that no rule allows."""
    rules = in_force(table, as_of)
    mine = with_roles(judged(rights), rules)
    allowed = met(mine, rules).select(KEY)
    return places(mine.with_row_index(KEY).join(allowed, on=KEY, how="anti"))
