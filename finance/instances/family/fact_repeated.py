"""Fact that says again what another says.

**What it checks.** No two facts have the same data point, day and value.

**Why it matters.** A repeated fact is a sign of rows that were not summed.

**Example.** Two rows of a ledger became two facts.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN137",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write each fact once.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    key = pl.struct("signature", "period", "value")
    again = key.is_duplicated() & ~key.is_first_distinct() & pl.col("period").is_not_null()
    yield from subject.hits(again)
