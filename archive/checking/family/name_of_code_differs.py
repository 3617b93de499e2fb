"""Display name that is not the name of the code.

**What it checks.** Where the name of a code is known, the display name beside it is one of its
names, in Finnish or Swedish.

**Why it matters.** A program reads the code and a person reads the name: with two meanings in one
element, nobody knows which one was meant.

**Example.** The code is that of child protection, and the name is that of services for families
with children.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.checking.coded import names
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD015",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="HL7 CDA R2, data types CD and CE; code lists of the national code service",
    since="0.1.0",
    advice="Take the code and its name from the code list.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare every display name with the names of its code."""
    for part, entry in archived.entries():
        told = entry.attributes
        system, shown = str(told.get("codeSystem", "")), str(told.get("displayName", ""))
        if not system or not shown:
            continue
        known = names(archived.means.codes, system).get(str(told.get("code", "")))
        if known and " ".join(shown.split()).casefold() not in known:
            yield Hit(f"{part}: {entry.name}: displayName")
