"""Fact with @precision.

**What it checks.** No fact has the attribute `precision`.

**Why it matters.** Exactness is told by `decimals`; both at once contradict each other.

**Example.** An amount has `precision=18`.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN123",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write `decimals` instead.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    broken = subject.xml.facts.filter(pl.col("precision").is_not_null())
    for line, metric in broken.select("line", "metric").iter_rows():
        yield at(line, str(metric))
