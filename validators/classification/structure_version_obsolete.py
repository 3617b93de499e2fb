"""Version of a document structure that was obsolete on the day.

**What it checks.** A document is made by a version of its structure that a later version had
not yet replaced: on the day a document was authored or an entry was recorded, the version was
still in use. The day on which a version was replaced counts as its last one; a version
withdrawn without a successor has no known last day and is not judged. Versions that are not
known belong to CL011.

**Why it matters.** An old version lacks fields that the law or the archive has come to require.
Orders on structures have transition periods, so that the document may still be right.

**Example.** A decision authored on 2 November 2024 uses a version that was replaced on 1
November.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.versions import STRUCTURES, bound


@column_rule(
    "CL009",
    on=STRUCTURES,
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis="Sosmeta, dates of structure versions",
    since="0.1.0",
    advice="Take the current version of the structure into use, or check the transition period.",
)
def check(value: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Break where the day is after the last day of the version."""
    return day.cast(pl.Date) > bound(value, "valid_to")
