"""Prefix that is not the usual one of its namespace.

**What it checks.** Namespaces of the specifications, and those of the taxonomy as far as the
settings tell them, have their published prefixes.

**Why it matters.** People and simple programs read prefixes.

**Example.** The namespace of metrics has the prefix `ns0`.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.finance.writing.naming import STANDARD
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN132",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Use the published prefix.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    known = {**subject.means.namespaces, **STANDARD}
    usual = {uri: prefix for prefix, uri in known.items()}
    for prefix, uri in sorted(subject.xml.namespaces.items()):
        other = prefix in known and known[prefix] != uri
        if usual.get(uri, prefix) != prefix or other:
            yield at(1, f"xmlns:{prefix}")
