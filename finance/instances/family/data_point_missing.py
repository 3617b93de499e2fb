"""Mandatory data point without a fact.

**What it checks.** Every data point that the authority's data calls mandatory has a fact.

**Why it matters.** The report is refused as incomplete.

**Example.** The start of the period was not told.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN142",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="The authority's data of the data points (table Required)",
    since="0.1.0",
    advice="File the data point; nought is told as 0.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    told = subject.facts["signature"].implode()
    missing = subject.points.frame.filter(
        pl.col("mandatory") & ~pl.col("open") & ~pl.col("signature").is_in(told)
    )
    for signature in missing["signature"]:
        yield at(1, signature)
