"""Instance without exactly one schema reference.

**What it checks.** An instance names exactly one schema with `link:schemaRef`.

**Why it matters.** The schema says which report it is; with none or several nobody can tell.

**Example.** Two modules were put into one file.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN104",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="File each module in an instance of its own.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    found = [one for one in subject.xml.parts if one.name.rpartition(":")[2] == "schemaRef"]
    if not found:
        yield at(1, "schemaRef")
    for one in found[1:]:
        yield at(one.line, "schemaRef")
