"""Relationship that begins after the client's death.

**What it checks.** No relationship begins later than the day on which its client died.

**Why it matters.** Nobody becomes a client of social care after death.
The relationship is recorded for the wrong person, or a day is wrong.

**Example.** The client died on 3 May 2023 and a relationship begins on 1 June 2023.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import after_death


@table_rule(
    "LC023",
    on="relationship.start",
    reads=(
        "relationship.client_id", "relationship.start", "client.client_id", "client.death_date",
    ),
    severity=Severity.ERROR,
    basis="Social Welfare Act 1301/2014, section 34",
    since="0.1.0",
    advice="Check the client, the day of death and the first day of the relationship.",
)  # fmt: skip
def check(relationship: pl.LazyFrame, client: pl.LazyFrame) -> pl.LazyFrame:
    """Return the relationships that begin after death."""
    return after_death(relationship, pl.col("start"), client, 0)
