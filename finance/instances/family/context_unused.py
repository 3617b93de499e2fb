"""Context that no fact uses.

**What it checks.** Every context is used by a fact or a filing indicator.

**Why it matters.** An unused context hides a fact that was lost, and makes the file large.

**Example.** The fact of a context was taken out by hand.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN118",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take the context out, or find the fact.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    used = set(subject.facts["context"]) | {one.context for one in subject.xml.indicators}
    for one in subject.xml.contexts:
        if one.id not in used:
            yield at(one.line, f"context {one.id}")
