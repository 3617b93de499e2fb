"""Decision by a unit that is not in operation.

**What it checks.** The unit of a decision was in operation on the day of the decision.
The first and the last day of operation belong to it.

**Why it matters.** A closed unit makes no decisions, and a unit that is founded later cannot
have made one.
Costs, statistics and access rights follow the unit.

**Example.** A decision of 2024 is recorded for the social office of a municipality that handed
over its services at the end of 2022.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import outside, places, with_span


@table_rule(
    "LC012",
    on="decision.unit",
    reads=(
        "decision.unit", "decision.decided", "unit.unit_id", "unit.valid_from", "unit.valid_to",
    ),
    severity=Severity.WARNING,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Choose the unit that was in operation on that day, or correct the days of the unit.",
)  # fmt: skip
def check(decision: pl.LazyFrame, unit: pl.LazyFrame) -> pl.LazyFrame:
    """Return the decisions made outside the operation of their unit."""
    found = with_span(decision, "unit", unit, "unit_id", ("valid_from", "valid_to"))
    return places(found.filter(outside(pl.col("decided"))))
