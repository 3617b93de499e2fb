"""Prefix that is declared below the root.

**What it checks.** All namespaces are declared once, on the root.

**Why it matters.** The same prefix could mean two things in one file.

**Example.** Every fact declares the namespace of its metric.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN133",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Declare the prefix on the root.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for line, prefix in subject.xml.below:
        yield at(line, f"xmlns:{prefix}")
