"""Overlapping equal decisions.

**What it checks.** A client has no two decisions in force at the same time that agree in service
task, social service, local decision type and outcome.
The one that begins later is reported.
A decision that begins on the day another ends is fine; a decision without a last day is in
force until further notice.

**Why it matters.** Two equal decisions in force at once are usually one decision recorded
twice, or an old one that nobody ended.
They are paid, counted and migrated twice.

**Example.** Home care is granted from 1 January to 31 December, and again from 1 June.
"""

import datetime as dt

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import places

EQUAL = ("client_id", "service_task", "social_service", "old_type", "outcome")


@table_rule(
    "LC005",
    on="decision.valid_from",
    reads=(
        "decision.decision_id", "decision.client_id", "decision.service_task?",
        "decision.social_service?", "decision.old_type?", "decision.outcome",
        "decision.valid_from", "decision.valid_to", "decision.valid_to_raw",
    ),
    severity=Severity.WARNING,
    basis="Administrative Procedure Act 434/2003, section 44",
    since="0.1.0",
    advice="Keep the decision that is right and end or remove the other one.",
)  # fmt: skip
def check(decision: pl.LazyFrame) -> pl.LazyFrame:
    """Return the decisions that begin while an equal one is in force."""
    first, last = pl.col("valid_from"), pl.col("valid_to")
    open_ended = last.is_null() & pl.col("valid_to_raw").is_null()
    known = decision.filter(
        pl.any_horizontal(pl.col("social_service", "old_type").is_not_null()),
        open_ended | (last >= first),
    )
    known = known.drop_nulls(["decision_id", "client_id", "outcome", "valid_from"])
    several = known.unique("decision_id", keep="none").filter(pl.len().over(EQUAL) > 1)
    ordered = several.sort(*EQUAL, "valid_from", SOURCE, ROW)
    reached = last.fill_null(dt.date.max).cum_max().shift(1).over(EQUAL)
    begins_together = first == first.shift(1).over(EQUAL)
    return places(ordered.filter((first < reached) | begins_together))
