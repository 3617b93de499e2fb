"""Facts of more than one filer.

**What it checks.** All contexts name the same filer.

**Why it matters.** An instance is of one organisation.

**Example.** A context of a joint authority stands among those of a county.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN114",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="File each organisation by itself.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    named = [(one.scheme, one.entity) for one in subject.xml.contexts]
    usual = max(set(named), key=lambda one: (named.count(one), one), default=("", ""))
    for one in subject.xml.contexts:
        if (one.scheme, one.entity) != usual:
            yield at(one.line, f"context {one.id}")
