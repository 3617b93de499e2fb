"""Instance with a base address.

**What it checks.** Neither the root nor an element below it has `xml:base`.

**Why it matters.** It changes what every relative address means.

**Example.** An editor added the folder it saved to.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN107",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take `xml:base` out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    if "xml:base" in subject.xml.attributes:
        yield at(1, "xbrl")
    for line, name in subject.xml.spread:
        if name == "xml:base":
            yield at(line, name)
