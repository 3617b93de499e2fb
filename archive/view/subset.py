"""The safe subset of XHTML that a view may hold: what has been seen in archive documents."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from lxml import etree

from kirjaamo.messages import N_

XHTML: Final = "{http://www.w3.org/1999/xhtml}"

ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "div": frozenset({"class", "id"}),
    "h1": frozenset({"class"}),
    "h2": frozenset({"class"}),
    "h3": frozenset({"class"}),
    "p": frozenset({"class"}),
    "br": frozenset(),
    "b": frozenset(),
    "img": frozenset({"src", "alt"}),
}
"""Every element that may occur, and its attributes."""

_NAMES = (
    "document", "header", "logo", "hdr1", "hdr2", "hdr3", "main-wrapper", "fulltitle", "list",
    "item", "title", "content", "footer", "ftr1", "ftr2", "ftr3",
)  # fmt: skip

CLASSES: Final = frozenset(f"soc-{name}" for name in _NAMES)
"""Every class that may occur."""

IMAGE: Final = "data:image/png;base64,"

MOST_TAGS: Final = 1024
"""Safe tags that are remembered."""

FAULTS: Final = {
    "xml": N_("it is not well-formed XML, or has a document type"),
    "root": N_("its root is not a div of the class soc-document with an identifier"),
    "element": N_("it has an element that is not allowed"),
    "attribute": N_("it has an attribute that is not allowed"),
    "class": N_("it has a class that is not allowed"),
    "image": N_("it has an image that is not a PNG inside the document, or has no text"),
    "node": N_("it has a comment or a processing instruction"),
}
"""What can be wrong with a view: word to sentence."""


def faults(content: bytes) -> tuple[str, ...]:
    """Return what is wrong with a view, as words of `FAULTS`, each once.

    >>> faults(b'<div xmlns="http://www.w3.org/1999/xhtml" class="soc-document" id="OID1"/>')
    ()
    >>> faults(b'<p xmlns="http://www.w3.org/1999/xhtml" onclick="x()"/>')
    ('root', 'attribute')
    """
    if _is_plain(content):
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ("xml",)
    if _has_type(root):
        return ("xml",)
    return tuple(dict.fromkeys(_found(root)))


_TAG: Final = re.compile(rb"<[^>]*>")
_ROOT: Final = re.compile(
    rb'<div xmlns="http://www\.w3\.org/1999/xhtml" class="soc-document" id="(OID[0-9.]+)">'
)
_SAFE: Final = re.compile(
    rb'</?(?:div|h1|h2|h3|p|br|b)(?: class="(?:'
    + "|".join(sorted(CLASSES)).encode()
    + rb')")?/?>'
)
_plain_tags: set[bytes] = set()


def _is_plain(content: bytes) -> bool:
    """Return whether a view is one as we write it: a quick look that never says yes wrongly.

    Its root is ours, every other tag is safe by itself, and an XML parser accepts the whole.
    Anything else, an image for example, is left to the long look.
    """
    start = _ROOT.match(content)
    if start is None or _has_other_marks(content):
        return False
    tags = set(_TAG.findall(content, start.end()))
    new = tags - _plain_tags
    if not all(map(_SAFE.fullmatch, new)):
        return False
    if len(_plain_tags) < MOST_TAGS:
        _plain_tags.update(new)
    try:
        expat.ParserCreate().Parse(content, True)  # noqa: FBT003 - its last argument has no name
    except expat.ExpatError:
        return False
    return True


def _has_other_marks(content: bytes) -> bool:
    """Return whether there are comments or the like; one byte is found much faster than two."""
    return (b"!" in content and b"<!" in content) or (b"?" in content and b"<?" in content)


def identifier(content: bytes) -> str:
    """Return the identifier of the root of a view that is well-formed, or ""."""
    start = _ROOT.match(content)
    if start is not None:
        return start[1].decode()
    return etree.fromstring(content).get("id", "")


def _has_type(root: etree._Element) -> bool:
    return root.getroottree().docinfo.internalDTD is not None


def _found(root: etree._Element) -> Iterator[str]:
    is_root = root.tag == f"{XHTML}div" and root.get("class") == "soc-document"
    if not is_root or not root.get("id", "").startswith("OID"):
        yield "root"
    for element in root.iter():
        tag: object = element.tag  # a function for comments and instructions
        if not isinstance(tag, str):
            yield "node"
        else:
            yield from _of(element)
    if root.getprevious() is not None or root.getnext() is not None:
        yield "node"


def _of(element: etree._Element) -> Iterator[str]:
    space, _, name = element.tag.rpartition("}")
    allowed = ATTRIBUTES.get(name) if f"{space}}}" == XHTML else None
    if allowed is None:
        yield "element"
        return
    if not allowed.issuperset(element.keys()):
        yield "attribute"
    if not CLASSES.issuperset(element.get("class", "").split()):
        yield "class"
    if name == "img" and not (element.get("src", "").startswith(IMAGE) and element.get("alt")):
        yield "image"
