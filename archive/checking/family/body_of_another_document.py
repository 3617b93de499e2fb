"""Body or view that belongs to another document.

**What it checks.** The body and its view carry the identifier of the document, the base64 of
both can be read, and the view is a PDF or safe XHTML, as its media type tells.

**Why it matters.** The signature covers the body by its identifier, and people read the view:
a view of another document shows the wrong client.

**Example.** The view was made before the document got its identifier.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.view.subset import faults, identifier
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

PDF, START_OF_PDF = "application/pdf", b"%PDF-"


@document_rule(
    "MD006",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Build the document again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the identifiers of body and view with the document's."""
    if archived.first("component/nonXMLBody") is None:
        return
    wanted = f"OID{archived.oid}"
    if archived.value("component/nonXMLBody", "ID") != wanted:
        yield Hit("document: nonXMLBody")
    if archived.view is None:
        yield Hit("document: nonXMLBody/text")
        return
    if archived.media == PDF:
        if not archived.view.startswith(START_OF_PDF):
            yield Hit("document: nonXMLBody/text")
        return
    found = faults(archived.view)
    if found == ("xml",):
        yield Hit("document: nonXMLBody/text")
        return
    yield from (Hit(f"document: nonXMLBody/text: {fault}") for fault in found)
    if identifier(archived.view) != wanted:
        yield Hit("document: nonXMLBody/text: id")
