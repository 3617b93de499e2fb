"""Footnote.

**What it checks.** An instance has no footnotes.

**Why it matters.** They are not read: whoever wrote one thinks that it was.

**Example.** An explanation stands in a footnote.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN131",
    severity=Severity.WARNING,
    cause=Cause.PERSON,
    basis=PRACTICE,
    since="0.1.0",
    advice="Use the data point for additional information.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.parts:
        if one.name.rpartition(":")[2] == "footnoteLink":
            yield at(one.line, one.name)
