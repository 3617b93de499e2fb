"""Entry on an event after the client's death.

**What it checks.** No entry tells about an event later than the day on which its client died.
The organisation can allow days of grace.

**Why it matters.** An entry on the closing of the relationship or on talks with the family can be
right, so this is a warning; a visit or a call after death is in the wrong client's record.

**Example.** The client died on 3 May 2023 and a home visit is recorded for 20 May 2023.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, table_rule
from kirjaamo.validators.life_cycle.link import after_death


@table_rule(
    "LC024",
    on="entry.event_time",
    reads=("entry.client_id", "entry.event_time", "client.client_id", "client.death_date"),
    severity=Severity.WARNING,
    basis="Act 703/2023, section 44",
    since="0.1.0",
    advice="Check that the entry is in the right client's record and that its time is right.",
    settings=(
        Setting("days", 0, "Days of grace after the day of death", "Kirjaamo's own default"),
    ),
)
def check(entry: pl.LazyFrame, client: pl.LazyFrame, *, days: int) -> pl.LazyFrame:
    """Return the entries on events after death and the days of grace."""
    return after_death(entry, pl.col("event_time").dt.date(), client, days)
