"""Decision maker not employed on the day.

**What it checks.** The person who made a decision was employed on that day.
The first and the last day of employment belong to it.

**Why it matters.** Only a person in office has the power to decide.
A decision outside the employment points to a shared user account, a wrong person or a wrong day.

**Example.** The employment ended on 31 May 2023 and a decision is dated 14 June 2023.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import outside, places, with_span


@table_rule(
    "LC011",
    on="decision.decision_maker",
    reads=(
        "decision.decision_maker", "decision.decided",
        "worker.worker_id", "worker.valid_from", "worker.valid_to",
    ),
    severity=Severity.WARNING,
    basis="Administrative Procedure Act 434/2003, section 44",
    since="0.1.0",
    advice="Check the decision maker, the day of the decision and the days of employment.",
)  # fmt: skip
def check(decision: pl.LazyFrame, worker: pl.LazyFrame) -> pl.LazyFrame:
    """Return the decisions made outside the employment of their maker."""
    span = ("valid_from", "valid_to")
    found = with_span(decision, "decision_maker", worker, "worker_id", span)
    return places(found.filter(outside(pl.col("decided"))))
