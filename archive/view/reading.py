"""A view as a page for a person's browser: own style, light and dark, nothing from outside."""

from lxml import etree

from kirjaamo.archive.view.errors import UnsafeViewError
from kirjaamo.archive.view.subset import FAULTS, faults
from kirjaamo.messages import gettext
from kirjaamo.pages import render


def page(view: bytes, *, language: str, place: str) -> bytes:
    """Return a page that shows a view.

    Args:
        view: The XHTML of a document, our own or another's.
        language: Language of the document.
        place: What the document is called in an error.

    Raises:
        UnsafeViewError: The view holds something that is not allowed in one.
    """
    found = faults(view)
    if found:
        reason = "; ".join(gettext(FAULTS[fault]) for fault in found)
        raise UnsafeViewError(place=place, reason=reason)
    root = etree.fromstring(view)
    for element in root.iter():
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    title = root.findtext(".//h1") or place
    shown = etree.tostring(root, encoding="unicode", method="html")
    return render(
        "kirjaamo.archive", "view.html.j2", title=title, shown=shown, language=language
    )
