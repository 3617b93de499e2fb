"""Format that is not the one of the content.

**What it checks.** The display format of the header is XHTML exactly when the view is XHTML, and
a structured format is told exactly when there is a JSON body.

**Why it matters.** The archive and those who read it open a document by the format that its header
tells.

**Example.** The main document is a PDF, and the header tells XHTML.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

XHTML = "2"
"""Code of XHTML in list 1.2.246.537.6.1502; that of PDF/A is not known."""

JSON = "5"
"""Code of JSON in list 1.2.246.537.5.40179."""


@document_rule(
    "MD020",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Build the document again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare header and body."""
    if "document" not in archived.readable or not archived.media:
        return
    if (archived.named("fileFormat") == XHTML) is not (
        archived.media == "application/xhtml+xml"
    ):
        yield Hit("document: fileFormat")
    has_body = archived.first("component/nonXMLBody/*json") is not None
    if archived.named("structuredFileFormat") != (JSON if has_body else ""):
        yield Hit("document: structuredFileFormat")
