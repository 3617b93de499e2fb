"""Delivery before the decision.

**What it checks.** A decision is not delivered to the client before the day it was made.

**Why it matters.** The time for asking for a review is counted from the delivery.
A decision delivered before it exists has a wrong day, and with it a wrong time limit.

**Example.** The decision is dated 4 April and recorded as delivered on 1 April.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule


@column_rule(
    "LC014",
    on="decision.delivered",
    severity=Severity.ERROR,
    basis="Administrative Procedure Act 434/2003, section 54",
    since="0.1.0",
    advice="Check the day of the decision and the day of its delivery.",
)
def check(value: pl.Expr, decided: pl.Expr) -> pl.Expr:
    """Return whether the delivery is before the decision."""
    return value < decided
