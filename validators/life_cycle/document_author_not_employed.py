"""Document author not employed on the day.

**What it checks.** The author of a document was employed on the day it was authored.
The first and the last day of employment belong to it.

**Why it matters.** Every document must show who made it and in which position.
An author outside the employment points to a shared user account, a wrong person or a wrong day.

**Example.** A plan of November is authored by a worker whose employment ended in August.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import outside, places, with_span


@table_rule(
    "LC026",
    on="document.author",
    reads=(
        "document.author", "document.authored",
        "worker.worker_id", "worker.valid_from", "worker.valid_to",
    ),
    severity=Severity.WARNING,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Check the author, the day of authoring and the days of employment.",
)  # fmt: skip
def check(document: pl.LazyFrame, worker: pl.LazyFrame) -> pl.LazyFrame:
    """Return the documents authored outside the employment of their author."""
    found = with_span(document, "author", worker, "worker_id", ("valid_from", "valid_to"))
    return places(found.filter(outside(pl.col("authored").dt.date())))
