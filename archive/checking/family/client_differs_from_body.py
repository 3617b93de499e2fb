"""Client of the header who is not the body's.

**What it checks.** Where the body tells the identity codes of all its clients, the header has the
same ones, and their names are the same.

**Why it matters.** The document would be filed to another person than the one it is about.

**Example.** Two documents were mixed up, and the header is that of the other one.
"""

from collections.abc import Iterator

from kirjaamo.archive import bodies
from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD018",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Act 703/2023, section 38; archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Find out whose document it is, and build it again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare identity codes and names."""
    told = bodies.clients(archived.inside)
    if not told or not all(one.get("identity_code") for one in told):
        return
    wanted = {one["identity_code"]: one for one in told}
    mine = {one.code: one for one in archived.clients["document"]}
    if wanted.keys() != mine.keys():
        yield Hit("document: recordTarget: id")
        return
    for code, one in mine.items():
        if _plain(one.family) != _plain(wanted[code].get("last_name", one.family)):
            yield Hit("document: recordTarget: family")
        if _plain(" ".join(one.given)) != _plain(
            wanted[code].get("first_names", " ".join(one.given))
        ):
            yield Hit("document: recordTarget: given")


def _plain(text: str) -> str:
    """Return a name in one form of spaces and letters."""
    return " ".join(text.split()).casefold()
