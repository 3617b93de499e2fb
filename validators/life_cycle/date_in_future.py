"""Date in the future.

**What it checks.** What has already happened is not dated after the day of the check: the making
and delivery of a decision, the authoring and recording of a document or entry, the opening of a
matter, the giving of a disclosure permission and the death of a client.

**Why it matters.** These days say what has been done.
A day that has not come is a slip of the keyboard or a clock that is wrong, and every time limit
counted from it is wrong too.

**Example.** The check is made on 15 June 2024 and a decision is dated 15 July 2024.
"""

import datetime as dt

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Place, column_rule


@column_rule(
    "LC019",
    on=(
        Place("client.death_date"),
        Place("decision.decided"),
        Place("decision.delivered"),
        Place("disclosure.given"),
        Place("document.authored"),
        Place("document.recorded"),
        Place("entry.recorded_time"),
        Place("matter.opened"),
    ),
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Correct the date to the day on which it happened.",
)
def check(value: pl.Expr, *, as_of: dt.date) -> pl.Expr:
    """Return whether the day has not come."""
    return value.dt.date() > as_of
