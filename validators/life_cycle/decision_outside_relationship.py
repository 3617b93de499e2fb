"""Decision outside its relationship.

**What it checks.** A decision is made on a day when the relationship it names is in force.
The first and the last day of the relationship belong to it.

**Why it matters.** A relationship begins at the latest when a matter is taken up and lasts
until there are no grounds for social care.
A decision before or after it belongs to another relationship, or one of the days is wrong.

**Example.** The relationship ended on 30 June 2022 and the decision was made on 15 August 2022.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import outside, places, with_span


@table_rule(
    "LC004",
    on="decision.decided",
    reads=(
        "decision.relationship_id", "decision.decided",
        "relationship.relationship_id", "relationship.start", "relationship.end",
    ),
    severity=Severity.WARNING,
    basis="Social Welfare Act 1301/2014, section 34",
    since="0.1.0",
    advice="Check the day of the decision and the relationship that it belongs to.",
)  # fmt: skip
def check(decision: pl.LazyFrame, relationship: pl.LazyFrame) -> pl.LazyFrame:
    """Return the decisions made outside their relationship."""
    span = ("start", "end")
    found = with_span(decision, "relationship_id", relationship, "relationship_id", span)
    return places(found.filter(outside(pl.col("decided"))))
