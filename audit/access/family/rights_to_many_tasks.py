"""Rights to unusually many service tasks.

**What it checks.** A worker has rights in force to at most so many service tasks as the
threshold says.

**Why it matters.** Rights pile up when people change posts: new ones are given and old ones
stay.

**Example.** A worker has rights to five of the seven service tasks.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Setting, table_rule


@table_rule(
    "AR012",
    on="worker.worker_id",
    reads=(
        "worker.worker_id",
        "access_right.worker_id",
        "access_right.service_task",
    ),
    severity=Severity.NOTE,
    basis="own judgement",
    since="0.1.0",
    advice="Go through the rights with the supervisor, and end those that the work does not need.",
    settings=(
        Setting(
            "at_most", 3, N_("service tasks that one worker may have"), N_("own judgement")
        ),
    ),
)
def check(rights: pl.DataFrame, workers: pl.DataFrame, *, at_most: int) -> pl.LazyFrame:
    """Return the workers with rights to many service tasks."""
    held = rights.filter("in_force").drop_nulls(["worker_id", "service_task"])
    many = held.group_by("worker_id").agg(pl.col("service_task").n_unique().alias("tasks"))
    wide = many.filter(pl.col("tasks") > at_most)
    found = workers.filter("employed").join(wide, on="worker_id", how="inner")
    return found.lazy().select(SOURCE, ROW, "tasks")
