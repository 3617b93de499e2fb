"""Instance that is not in UTF-8.

**What it checks.** The XML declares the encoding UTF-8, or none.

**Why it matters.** Letters of names break when a receiver takes the text for another encoding.

**Example.** An old program wrote ISO-8859-1.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN102",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write the instance in UTF-8.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    if subject.xml.prolog.encoding.upper() not in {"", "UTF-8"}:
        yield at(1, "encoding")
