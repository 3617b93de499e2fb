"""XML declaration that speaks of standing alone.

**What it checks.** The XML declaration has no `standalone`.

**Why it matters.** It speaks of document types, which an instance may not have.

**Example.** A library wrote `standalone="yes"` by habit.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN103",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Leave `standalone` out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    if subject.xml.prolog.standalone:
        yield at(1, "standalone")
