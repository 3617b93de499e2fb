"""The safe subset of XHTML that a view may hold: what has been seen in archive documents."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

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


_ROOT: Final = re.compile(
    rb'<div xmlns="http://www\.w3\.org/1999/xhtml" class="soc-document" id="(OID[0-9.]+)">'
)
DEEPEST: Final = 12
"""Elements inside each other that the quick look follows."""

_PLAIN: Final = r"[^<&>\x00-\x08\x0b\x0c\x0e-\x1f\xef]*+"
_TEXT: Final = _PLAIN + (
    r"(?:(?=[&\xef])(?:(?:&(?:amp|lt|gt|quot);|\xef(?!\xbf[\xbe\xbf]))" + _PLAIN + ")*+)?+"
)
"""Text that XML can hold, in bytes; U+FFFE and U+FFFF it cannot."""

_BLOCKS: Final = (
    f'p(?: class="soc-title")?+>{_TEXT}(?:<(?:br/>|b>{_TEXT}</b>){_TEXT})*+</p>',
    f'h2 class="soc-title">{_TEXT}</h2>',
    f'h3 class="soc-title">{_TEXT}</h3>',
    f'h1 class="soc-fulltitle">{_TEXT}</h1>',
    "br/>",
)


@cache
def _ours() -> "re.Pattern[bytes]":
    """Return the form of the views that we write, an image left out; the frequent comes first."""
    names = "|".join(("item", "content", "title", "list", *_NAMES))
    leaf = f'div class="soc-(?:title|content)">{_PLAIN}</div>'
    inner = _TEXT
    for _ in range(DEEPEST):
        group = f'div class="soc-(?:{names})">{inner}</div>'
        inner = f"{_TEXT}(?:<(?:{'|'.join((leaf, group, *_BLOCKS))}){_TEXT})*+"
    return re.compile(_ROOT.pattern + inner.encode() + b"</div>")


def _is_plain(content: bytes) -> bool:
    """Return whether a view is one as we write it: a quick look that never says yes wrongly.

    Every element is one that our views have and is closed, and all text is UTF-8 that XML can
    hold.  Anything else, an image for example, is left to the long look.
    """
    if _ours().fullmatch(content) is None:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


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
