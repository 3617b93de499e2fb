"""Metadata that this kind of document must have is missing.

**What it checks.** A client document tells its type, author, service task, matter, structure
and service process; a client-relationship document tells the relationship it is about. The
reason of the frame is the one for the kind.

**Why it matters.** Without the service task nobody knows who may see the document and how long
it is kept.

**Example.** A client document has no service task.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

CLIENT = (
    ("code", "code"),
    ("author/assignedAuthor/id", "extension"),
    ("componentOf/encompassingEncounter/id", "root"),
    ("*localSocialHeader/*functionCode", "code"),
    ("*localSocialHeader/*totalRetentionPeriodClass", "code"),
    ("*localSocialHeader/*outsourcingServiceCustomer", "root"),
    ("*localSocialHeader/*outsourcingServiceCustomerName", ""),
    ("*localSocialHeader/*serviceProcess/*code", "code"),
)
"""Path and attribute of what a client document must tell."""

RELATION = (("*localSocialHeader/*encompassingClientRelationship", "root"),)
"""Path and attribute of what a client-relationship document must tell."""

REQUESTS = "1.2.246.537.6.1503.201601"


@document_rule(
    "MD012",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Act 703/2023, section 37; archive messages of the customer test environment, 2026",
    since="0.2.0",
    advice="Complete the record, the mapping or the settings that the field is made from.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Look for what the kind must have."""
    if "document" not in archived.roots:
        return
    relationship = archived.is_relationship
    for path, name in RELATION if relationship else CLIENT:
        if not archived.value(path, name).strip():
            yield Hit(f"document: {path.replace('*', '')}")
    wanted = "SP1" if relationship else "SP17"
    reasons = [
        element.get("code") for part, element in archived.elements
        if part == "frame" and element.get("codeSystem") == REQUESTS
    ]  # fmt: skip
    if "frame" in archived.roots and reasons != [wanted]:
        yield Hit("frame: reasonCode")
