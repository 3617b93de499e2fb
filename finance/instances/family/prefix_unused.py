"""Prefix that nothing uses.

**What it checks.** Every prefix that the root declares is used.

**Why it matters.** A long list of unused prefixes is a sign of a template of another report.

**Example.** The root declares the domains of all reports.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN134",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Declare only what is used.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for prefix in sorted(set(subject.xml.namespaces) - subject.xml.used - {""}):
        yield at(1, f"xmlns:{prefix}")
