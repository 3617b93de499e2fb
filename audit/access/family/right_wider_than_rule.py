"""Access right wider than the rule table allows.

**What it checks.** Where the rules limit a service task to processes or units, the right is
limited to one of them. A right without a unit counts for the worker's own unit.

**Why it matters.** A right to every process opens decisions and plans to those who only take in
contacts.

**Example.** The rule gives the process “3”, and the right names none, so that it is for all of
them.
"""

import datetime as dt

import polars as pl

from kirjaamo.audit.access.allowing import KEY, in_force, judged, met, places, with_roles
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "AR009",
    on="access_right.service_process",
    reads=(
        "access_right.worker_id",
        "access_right.service_task",
        "access_right.service_process",
        "worker.worker_id",
        "worker.position",
    ),
    severity=Severity.WARNING,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="Limit the right to what the rule allows, or have a wider rule decided on.",
)
def check(rights: pl.DataFrame, *, table: pl.DataFrame | None, as_of: dt.date) -> pl.LazyFrame:
    """Return the rights in force that no rule covers wholly."""
    rules = in_force(table, as_of)
    found = met(with_roles(judged(rights), rules), rules)
    every = found.group_by(KEY).agg(pl.col(SOURCE, ROW).first(), pl.col("fits").any())
    return places(every.filter(~pl.col("fits")))
