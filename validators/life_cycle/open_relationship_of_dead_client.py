"""Open relationship of a client who has died.

**What it checks.** A relationship gets an end within some days of the client's death.

**Why it matters.** There are no grounds for social care after death.
An open relationship keeps access rights to the records of the dead and delays the destruction
of records, for many retention times begin at death or at the closing of the matter.

**Example.** The client died in January and the relationship is still open in September.
"""

import datetime as dt

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, table_rule
from kirjaamo.validators.life_cycle.link import after_death


@table_rule(
    "LC015",
    on="relationship.end",
    reads=(
        "relationship.client_id", "relationship.end", "relationship.end_raw",
        "client.client_id", "client.death_date",
    ),
    severity=Severity.WARNING,
    basis="Social Welfare Act 1301/2014, section 34; Act 703/2023, section 38 and annex",
    since="0.1.0",
    advice="Record the end of the relationship and its reason.",
    settings=(
        Setting(
            "days", 30, "Days in which a relationship is closed after the client's death",
            "Kirjaamo's own default: the law sets no time",
        ),
    ),
)  # fmt: skip
def check(
    relationship: pl.LazyFrame, client: pl.LazyFrame, *, as_of: dt.date, days: int
) -> pl.LazyFrame:
    """Return the relationships still open after death and the days of grace."""
    still_open = relationship.filter(pl.col("end").is_null() & pl.col("end_raw").is_null())
    return after_death(still_open, pl.lit(as_of), client, days)
