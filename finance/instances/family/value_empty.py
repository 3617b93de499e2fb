"""Fact with an empty value.

**What it checks.** Every fact that is not nil has a value.

**Why it matters.** What is not known is left out.

**Example.** An empty name was written.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN127",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Leave the fact out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    nil = (
        subject.looked.facts["nil"]
        if subject.looked
        else pl.repeat(value=False, n=len(subject.facts), eager=True)
    )
    yield from subject.hits((pl.col("value").fill_null("") == "") & ~pl.lit(nil))
