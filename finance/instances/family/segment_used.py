"""Dimensions in the segment.

**What it checks.** No context has a segment; dimensions stand in the scenario.

**Why it matters.** The taxonomy declares its dimensions for the scenario: in the segment they
are another fact.

**Example.** A program of another country wrote segments.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN116",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Move the members to the scenario.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.contexts:
        if one.segment:
            yield at(one.line, f"context {one.id}")
