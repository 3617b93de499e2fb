"""Version of a document structure that did not exist yet on the day.

**What it checks.** A document is made by a version of its structure that had been published: on
the day a document was authored or an entry was recorded, the version was in force. Versions
that are not known belong to CL011.

**Why it matters.** Either the day is wrong, or an old document has been dressed in a new
structure and says less than the structure promises.

**Example.** A document authored on 31 October 2024 uses a version of 1 November 2024.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.versions import STRUCTURES, bound


@column_rule(
    "CL010",
    on=STRUCTURES,
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis="Sosmeta, dates of structure versions",
    since="0.1.0",
    advice="Check the day, or record the structure that the document was really made by.",
)
def check(value: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Break where the day is before the first day of the version."""
    return day.cast(pl.Date) < bound(value, "valid_from")
