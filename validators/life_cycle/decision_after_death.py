"""Decision after the client's death.

**What it checks.** No decision is made later than the day on which its client died.
The organisation can allow days of grace.

**Why it matters.** A decision is directed at a living person.
A later one is made for the wrong client, or a day is wrong.

**Example.** The client died on 3 May 2023 and a decision on home care is dated 10 May 2023.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, table_rule
from kirjaamo.validators.life_cycle.link import after_death


@table_rule(
    "LC007",
    on="decision.decided",
    reads=("decision.client_id", "decision.decided", "client.client_id", "client.death_date"),
    severity=Severity.ERROR,
    basis="Administrative Procedure Act 434/2003, section 44",
    since="0.1.0",
    advice="Check the client, the day of death and the day of the decision.",
    settings=(
        Setting("days", 0, "Days of grace after the day of death", "Kirjaamo's own default"),
    ),
)
def check(decision: pl.LazyFrame, client: pl.LazyFrame, *, days: int) -> pl.LazyFrame:
    """Return the decisions made after death and the days of grace."""
    return after_death(decision, pl.col("decided"), client, days)
