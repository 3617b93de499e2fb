"""Fact of a data point that the taxonomy does not have.

**What it checks.** Every fact is of a data point of the authority's data; those with open
dimensions are not looked at.

**Why it matters.** A value with no place in any table is not read.

**Example.** The service class was abolished in this version.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import Subject
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN141",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="The authority's data of the data points",
    since="0.1.0",
    advice="Map the sum to a data point of the version that is filed.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    known = subject.points.frame["signature"].implode()
    is_open = pl.col("signature").str.contains("(=", literal=True)
    yield from subject.hits(~pl.col("signature").is_in(known) & ~is_open)
