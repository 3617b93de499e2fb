"""Fact with an identifier.

**What it checks.** No fact has an `id`.

**Why it matters.** Identifiers serve footnotes, which are not read, and change from one
writing to the next.

**Example.** Facts are numbered f1, f2 …
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN135",
    severity=Severity.NOTE,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Leave `id` out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for line, metric in subject.xml.facts.drop_nulls("id").select("line", "metric").iter_rows():
        yield at(line, str(metric))
