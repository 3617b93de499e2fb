"""Period that is not a day.

**What it checks.** Every context is of an instant: neither of a span of time nor of forever.

**Why it matters.** In these taxonomies also flows are told at the last day of their time.

**Example.** A context has `startDate` and `endDate`.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN111",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write the last day of the time as an instant.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.contexts:
        if "/" in one.period or one.period in {"", "forever"}:
            yield at(one.line, f"context {one.id}")
