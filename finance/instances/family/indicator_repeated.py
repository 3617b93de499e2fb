"""Filing indicator that stands twice.

**What it checks.** Every table has at most one filing indicator.

**Why it matters.** One may say that it is filed and the other that it is not.

**Example.** Two parts with the same indicator were put together.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN139",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Leave one of them.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    told: set[str] = set()
    for one in subject.xml.indicators:
        if one.code in told:
            yield at(one.line, "filingIndicator")
        told.add(one.code)
