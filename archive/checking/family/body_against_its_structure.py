"""Body that its structure refuses.

**What it checks.** The JSON body can be read, and it follows the structure version that the
header names. The rules of family ST tell more of every field.

**Why it matters.** The archive refuses a body that its structure does not accept.

**Example.** A required field of the structure is missing in the body.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.checking.body import refusals
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD008",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="Order of THL on document structures; Act 703/2023, section 20",
    since="0.1.0",
    advice="Run kirjaamo check on the document and correct what it tells.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Ask the structure's own schema."""
    if archived.first("component/nonXMLBody/*json") is None:
        if archived.media != "application/pdf":
            yield Hit("document: json")
        return
    if archived.body is None:
        yield Hit("document: json: unreadable")
        return
    for place in refusals(archived.means.structures, archived.structure, archived.body):
        yield Hit(f"document: json: {place}")
