"""Entry recorded before its event.

**What it checks.** A record entry is not older than the event it tells about.
When the time of recording has no time of day, only the days are compared.

**Why it matters.** An entry tells what has happened.
One recorded in advance is a plan, or one of the times is wrong, and the order of events in the
client's record can no longer be trusted.

**Example.** A home visit on 12 March is recorded on 11 March.
"""

import datetime as dt

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule

MIDNIGHT = dt.time(0)
"""A date without a time of day is read as midnight."""


@column_rule(
    "LC008",
    on="entry.recorded_time",
    severity=Severity.WARNING,
    basis="Act 703/2023, section 44",
    since="0.1.0",
    advice="Check the time of the event and the time of recording.",
)
def check(value: pl.Expr, event_time: pl.Expr) -> pl.Expr:
    """Return whether the entry is older than its event."""
    earlier_day = value.dt.date() < event_time.dt.date()
    return earlier_day | ((value < event_time) & (value.dt.time() != MIDNIGHT))
