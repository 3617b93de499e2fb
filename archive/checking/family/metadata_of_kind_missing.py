"""Metadata that this kind of document must have is missing.

**What it checks.** A client document tells its type, author, matter, service task, service
process, class of retention, organiser of the service and, unless it is a PDF, its structure; a
matter document tells its matter, when it was opened and its structure; other kinds tell their
structure. The service request of the frame is the one for the kind, where that is known.

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

PDF_ONLY = "application/pdf"
STRUCTURED = ("*localSocialHeader/*contentSpecificationId", "")
MATTERS = (
    ("componentOf/encompassingEncounter/id", "root"),
    ("componentOf/encompassingEncounter/effectiveTime/low", "value"),
    STRUCTURED,
)
WANTED = {"1": (STRUCTURED,), "2": MATTERS, "8": (STRUCTURED,), "9": (STRUCTURED,)}
"""Document group to what its documents must tell; those of other groups are client documents."""

REQUESTS = "1.2.246.537.6.1503.201601"
KNOWN = {"1": "SP1", "5": "SP17"}
"""Document group to its service request, where that is known."""


@document_rule(
    "MD012",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Act 703/2023, section 37; archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Complete the record, the mapping or the settings that the field is made from.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Look for what the kind must have."""
    if "document" not in archived.readable:
        return
    for path, name in _wanted(archived):
        if not archived.value(path, name).strip():
            yield Hit(f"document: {path.replace('*', '')}")
    if "frame" not in archived.readable:
        return
    requests = [
        code for part, entry, code in archived.with_attribute("code")
        if part == "frame" and entry.attributes.get("codeSystem") == REQUESTS
    ]  # fmt: skip
    if len(requests) != 1 or requests[0] != KNOWN.get(archived.group, requests[0]):
        yield Hit("frame: reasonCode")


def _wanted(archived: Archived) -> Iterator[tuple[str, str]]:
    """Yield what a document must tell."""
    wanted = WANTED.get(archived.group, CLIENT)
    yield from wanted
    if wanted is CLIENT and archived.media != PDF_ONLY:
        yield STRUCTURED
