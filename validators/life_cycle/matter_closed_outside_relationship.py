"""Matter closed outside its relationship.

**What it checks.** A matter is closed on a day when the relationship it names is in force.
The first and the last day of the relationship belong to it.

**Why it matters.** Matters live inside a relationship: documents find their relationship through
the matter.
A matter closed outside it is linked to the wrong relationship, or one of the days is wrong.

**Example.** The relationship ended on 31 December 2020 and one of its matters was closed on 10 June 2021.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import outside, places, with_span


@table_rule(
    "LC028",
    on="matter.closed",
    reads=(
        "matter.relationship_id", "matter.closed",
        "relationship.relationship_id", "relationship.start", "relationship.end",
    ),
    severity=Severity.WARNING,
    basis="Social Welfare Act 1301/2014, section 34",
    since="0.1.0",
    advice="Check the day of closing and the relationship that the matter belongs to.",
)  # fmt: skip
def check(matter: pl.LazyFrame, relationship: pl.LazyFrame) -> pl.LazyFrame:
    """Return the matters closed outside their relationship."""
    span = ("start", "end")
    found = with_span(matter, "relationship_id", relationship, "relationship_id", span)
    return places(found.filter(outside(pl.col("closed"))))
