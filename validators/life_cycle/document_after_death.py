"""Document authored after the client's death.

**What it checks.** A document of one client is not authored later than the day on which the
client died.
Documents of several clients are not looked at.
The organisation can allow days of grace.

**Why it matters.** Some documents are rightly made after a death, such as the closing of a
matter, so this is only a note.
Many of them together point to wrong clients or to records that were moved with the day of the
move.

**Example.** The client died on 3 May 2023 and a service plan is dated 1 September 2023.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Setting, table_rule
from kirjaamo.validators.life_cycle.link import after_death


@table_rule(
    "LC025",
    on="document.authored",
    reads=("document.client_ids", "document.authored", "client.client_id", "client.death_date"),
    severity=Severity.NOTE,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Check that the document belongs to this client and that its day is right.",
    settings=(
        Setting("days", 0, "Days of grace after the day of death", "Kirjaamo's own default"),
    ),
)
def check(document: pl.LazyFrame, client: pl.LazyFrame, *, days: int) -> pl.LazyFrame:
    """Return the documents authored after death and the days of grace."""
    clients = pl.col("client_ids")
    single = document.filter(clients.list.len() == 1)
    named = single.with_columns(clients.list.first().alias("client_id"))
    return after_death(named, pl.col("authored").dt.date(), client, days)
