"""Filing indicator of a context with dimensions.

**What it checks.** The context of a filing indicator has no dimensions.

**Why it matters.** A table is filed as a whole.

**Example.** An indicator got the context of the first fact.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN140",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Give filing indicators a context of their own without dimensions.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    narrow = {one.id for one in subject.xml.contexts if one.place}
    for one in subject.xml.indicators:
        if one.context in narrow:
            yield at(one.line, "filingIndicator")
