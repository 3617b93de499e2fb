"""Decision made long after it takes effect.

**What it checks.** A decision is not made many days later than the first day on which it is in
force.

**Why it matters.** Until the decision is made, the client has no written right to the service
and no way to ask for a review.
Late decisions often show a habit of recording them in bunches.

**Example.** Housing service began on 1 February and the decision on it was made on 20 May.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, column_rule


@column_rule(
    "LC013",
    on="decision.decided",
    severity=Severity.NOTE,
    basis="Social Welfare Act 1301/2014, section 45",
    since="0.1.0",
    advice="Make decisions before the service begins, or check the first day of the decision.",
    settings=(
        Setting(
            "days", 30, "Days that a decision may come after the first day it is in force",
            "Kirjaamo's own default: the law says only without undue delay",
        ),
    ),
)  # fmt: skip
def check(value: pl.Expr, valid_from: pl.Expr, *, days: int) -> pl.Expr:
    """Return whether the decision was made more than *days* too late."""
    return value > valid_from + pl.duration(days=days)
