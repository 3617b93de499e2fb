"""Decision in force although its relationship has ended.

**What it checks.** On the day of the check no decision is in force whose relationship has ended.
A decision without a last day is in force until further notice.

**Why it matters.** Either the relationship was closed too early or the decision was left
without an end.
In the new system the decision would bring a service to life without a relationship.

**Example.** Transport service is granted until further notice; the relationship ended two years
ago.
"""

import datetime as dt

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import places, with_span


@table_rule(
    "LC006",
    on="decision.valid_to",
    reads=(
        "decision.relationship_id", "decision.valid_from", "decision.valid_to",
        "decision.valid_to_raw",
        "relationship.relationship_id", "relationship.start", "relationship.end",
    ),
    severity=Severity.WARNING,
    basis="Social Welfare Act 1301/2014, section 34",
    since="0.1.0",
    advice="End the decision, or open the relationship again if the service goes on.",
)  # fmt: skip
def check(
    decision: pl.LazyFrame, relationship: pl.LazyFrame, *, as_of: dt.date
) -> pl.LazyFrame:
    """Return the decisions in force whose relationship has ended."""
    open_ended = pl.col("valid_to").is_null() & pl.col("valid_to_raw").is_null()
    in_force = (pl.col("valid_from") <= as_of) & (open_ended | (pl.col("valid_to") >= as_of))
    span = ("start", "end")
    found = with_span(
        decision.filter(in_force), "relationship_id", relationship, "relationship_id", span
    )
    return places(found.filter(pl.col("_last") < as_of))
