"""Scenario with other content than members.

**What it checks.** A scenario holds explicit and typed members only, at least one.

**Why it matters.** Other content makes facts that no table has a cell for.

**Example.** A scenario holds a note of the program.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN117",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take the other content out, and an empty scenario too.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.contexts:
        if one.other:
            yield at(one.line, f"context {one.id}")
