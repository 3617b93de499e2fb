"""Person who does not belong to the environment.

**What it checks.** In a test environment every client and author is an invented person
(individual number 900 to 999 of the identity code); in production no one is.

**Why it matters.** A real person in a test environment is a breach of data protection, and an
invented one spoils the production archive.

**Example.** A document made for testing names an identity code that a living person may have.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

PERSONS = "1.2.246.21"
INDIVIDUAL = slice(7, 8)


@document_rule(
    "MD003",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="Validation service of the archive: test data only, as public tools use it",
    since="0.1.0",
    advice="Stop, find out where the document came from, and send it to the right environment only.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Look at every identity code of both parts."""
    is_test = archived.means.environment == "test"
    for part, entry, code in archived.with_attribute("extension"):
        if entry.attributes.get("root") == PERSONS and (code[INDIVIDUAL] == "9") is not is_test:
            yield Hit(f"{part}: {entry.parent}/id")
