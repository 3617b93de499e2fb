"""Instance that includes other files.

**What it checks.** An instance has no `xi:include`.

**Why it matters.** A filing is one file; what another file holds today it may not hold
tomorrow.

**Example.** Facts were kept in a file of their own.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN109",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write all facts into one instance.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.parts:
        if one.name.rpartition(":")[2] == "include":
            yield at(one.line, one.name)
