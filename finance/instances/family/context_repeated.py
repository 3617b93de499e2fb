"""Context that says what another says.

**What it checks.** No two contexts have the same filer, day and members, and none the same
identifier.

**Why it matters.** Two contexts of one meaning hide two values of one data point.

**Example.** Every fact got a context of its own.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN119",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Use one context for all facts of it.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    seen: set[object] = set()
    for one in subject.xml.contexts:
        meaning = (one.scheme, one.entity, one.period, one.place, one.segment, one.other)
        if meaning in seen or one.id in seen:
            yield at(one.line, f"context {one.id}")
        seen |= {meaning, one.id}
