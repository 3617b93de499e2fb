"""Instance with a schema location.

**What it checks.** Neither the root nor an element below it has `xsi:schemaLocation`.

**Why it matters.** A reader that follows it may judge the instance by another schema.

**Example.** A program wrote the path of its own copy of the taxonomy.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN108",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take `xsi:schemaLocation` out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    if "xsi:schemaLocation" in subject.xml.attributes:
        yield at(1, "xbrl")
    for line, name in subject.xml.spread:
        if name == "xsi:schemaLocation":
            yield at(line, name)
