"""Relationship that begins in a unit not in operation.

**What it checks.** The unit of a relationship was in operation on the first day of the
relationship.
The first and the last day of operation belong to it.

**Why it matters.** Work lists, statistics and access rights follow the unit of the relationship.
A unit that was closed or not yet founded hides the client from everyone.

**Example.** A relationship that began in 2024 is recorded for a unit that was closed in 2022.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import outside, places, with_span


@table_rule(
    "LC029",
    on="relationship.unit",
    reads=(
        "relationship.unit", "relationship.start",
        "unit.unit_id", "unit.valid_from", "unit.valid_to",
    ),
    severity=Severity.WARNING,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Choose the unit that was in operation on that day, or correct the days of the unit.",
)  # fmt: skip
def check(relationship: pl.LazyFrame, unit: pl.LazyFrame) -> pl.LazyFrame:
    """Return the relationships that begin outside the operation of their unit."""
    found = with_span(relationship, "unit", unit, "unit_id", ("valid_from", "valid_to"))
    return places(found.filter(outside(pl.col("start"))))
