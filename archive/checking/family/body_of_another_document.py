"""Body or view that belongs to another document.

**What it checks.** The body and its view carry the identifier of the document, the base64 of
both can be read, and the view holds safe XHTML only.

**Why it matters.** The signature covers the body by its identifier, and people read the view:
a view of another document shows the wrong client.

**Example.** The view was made before the document got its identifier.
"""

from collections.abc import Iterator

from lxml import etree

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.view.subset import faults
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD006",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.2.0",
    advice="Build the document again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the identifiers of body and view with the document's."""
    body = archived.first("component/nonXMLBody")
    if body is None:
        return
    wanted = f"OID{archived.oid}"
    if body.get("ID") != wanted:
        yield Hit("document: nonXMLBody")
    if archived.value("component/nonXMLBody/text", "mediaType") != "application/xhtml+xml":
        return
    if archived.view is None or (found := faults(archived.view)) == ("xml",):
        yield Hit("document: nonXMLBody/text")
        return
    yield from (Hit(f"document: nonXMLBody/text: {fault}") for fault in found)
    if etree.fromstring(archived.view).get("id") != wanted:
        yield Hit("document: nonXMLBody/text: id")
