"""Name used that is none of the given names.

**What it checks.** Every client has given names, and the name used (qualifier CL) is one of them.

**Why it matters.** The archive shows the name used; a name that the person does not have
points to a mixed-up record.

**Example.** The given names are Aino Maria, and the name used is Leena.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD014",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="Archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Correct the names from the population information system.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the name used with the given names of every client."""
    for part, clients in archived.clients.items():
        for one in clients:
            every = {name for text in one.given for name in text.split()}
            if not every or any(name not in every for name in one.used):
                yield Hit(f"{part}: recordTarget: given")
