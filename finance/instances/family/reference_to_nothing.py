"""Fact that names a context or unit that is not there.

**What it checks.** Every context and unit that a fact or a filing indicator names is in the
instance.

**Why it matters.** Without them the value has no meaning.

**Example.** A context was renamed, its facts were not.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN138",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Give the fact its context and unit.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    known = {one.id for one in subject.xml.contexts}
    yield from subject.hits(pl.col("period").is_null() | pl.col("unit").is_null())
    for one in subject.xml.indicators:
        if one.context not in known:
            yield at(one.line, "filingIndicator")
