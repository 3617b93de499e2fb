"""Author of the header who is not the body's.

**What it checks.** Where the body tells its authors, the author of the header is one of them.

**Why it matters.** The act asks every document to tell who made it; two answers are none.

**Example.** The body was written by one worker, and the header names the one who archived it.
"""

from collections.abc import Iterator

from kirjaamo.archive import bodies
from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

NAME = "author/assignedAuthor/assignedPerson/name"


@document_rule(
    "MD019",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Act 703/2023, section 38(1)(4)",
    since="0.1.0",
    advice="Find out who made the document, and build it again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the names of the author with those of the body."""
    told = [one for one in bodies.authors(archived.inside) if one.get("last_name")]
    family = archived.value(f"{NAME}/family", "")
    if not told or not family:
        return
    given = archived.value(f"{NAME}/given", "")
    mine = (" ".join(family.split()), " ".join(given.split()))
    if mine not in {(_plain(one, "last_name"), _plain(one, "first_names")) for one in told}:
        yield Hit("document: author/name")


def _plain(one: bodies.Row, field: str) -> str:
    return " ".join(str(one.get(field, "")).split())
