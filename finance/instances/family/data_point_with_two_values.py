"""Data point with two values.

**What it checks.** Facts of one data point and one day all have the same value.

**Why it matters.** A receiver takes one of them, and nobody knows which.

**Example.** A sum was written before and after a correction.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN136",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Leave only the right one.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    key = ["signature", "period"]
    told = subject.facts.drop_nulls(key).filter(pl.struct(key).is_duplicated())
    first = told.unique(key, keep="first", maintain_order=True).select(*key, first="value")
    both = told.join(first, on=key, how="left", maintain_order="left")
    for line, place in (
        both.filter(pl.col("value") != pl.col("first")).select("line", "signature").iter_rows()
    ):
        yield at(line, place)
