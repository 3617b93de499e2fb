"""Entry recorded late.

**What it checks.** An entry is recorded within some days of the event it tells about.

**Why it matters.** Client documents are to be drawn up and stored without delay.
A late entry rests on memory, and those who meet the client in between do not know what has
happened.

**Example.** A meeting on 1 March is recorded on 28 March.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, column_rule


@column_rule(
    "LC020",
    on="entry.recorded_time",
    severity=Severity.NOTE,
    basis="Act 703/2023, section 21; before 2024 Act 254/2015, section 4",
    since="0.1.0",
    advice="Record events on the day they happen, and make room for recording in the working day.",
    settings=(
        Setting(
            "days", 7, "Days in which an event is recorded",
            "Kirjaamo's own default: the law says only without delay",
        ),
    ),
)  # fmt: skip
def check(value: pl.Expr, event_time: pl.Expr, *, days: int) -> pl.Expr:
    """Return whether the entry was recorded more than *days* after its event."""
    return value.dt.date() > event_time.dt.date() + pl.duration(days=days)
