"""Access right that is not used.

**What it checks.** A worker who has had a right for so many months as the threshold says has
recorded something in its service task in that time. Reading leaves no trace in an export, so
that only recording is looked at.

**Why it matters.** An unused right is a risk without a benefit.

**Example.** The right to services for persons with disabilities has been open for three years,
and the worker has not recorded anything there.
"""

import datetime as dt

import polars as pl
from dateutil.relativedelta import relativedelta

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Setting, table_rule


@table_rule(
    "AR014",
    on="access_right.service_task",
    reads=(
        "access_right.worker_id",
        "access_right.service_task",
        "access_right.valid_from",
        "activity",
    ),
    severity=Severity.NOTE,
    basis="own judgement",
    since="0.1.0",
    advice="Ask the supervisor whether the work needs the right; reading alone may be a reason.",
    settings=(
        Setting(
            "months",
            12,
            N_("months without any record in the service task"),
            N_("own judgement"),
        ),
    ),
)
def check(
    rights: pl.DataFrame, activity: pl.DataFrame, *, as_of: dt.date, months: int
) -> pl.LazyFrame:
    """Return the rights in force that nothing was recorded with."""
    since = as_of - relativedelta(months=months)
    used = activity.filter(pl.col("last") >= since).select("worker_id", "service_task")
    old = pl.col("in_force") & (pl.col("valid_from") <= since)
    held = rights.filter(old).drop_nulls(["worker_id", "service_task"])
    return places(held.join(used, on=["worker_id", "service_task"], how="anti"))
