"""Instance that brings linkbases of its own.

**What it checks.** An instance holds no `linkbaseRef`, `roleRef` or `arcroleRef`.

**Why it matters.** What belongs to the taxonomy comes from the taxonomy alone.

**Example.** A label linkbase was added to show names.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN106",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take the reference out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for one in subject.xml.parts:
        if one.name.rpartition(":")[2] in {"linkbaseRef", "roleRef", "arcroleRef"}:
            yield at(one.line, one.name)
