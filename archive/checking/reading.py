"""What stands in a part of an archive document: every element with its attributes and text.

Documents of one system differ in few places: identifiers, times, names, the packed body.  A part
is therefore cut into its *mould*, which is everything else, and the *slots* in it.  A mould is
parsed and held to the schema once; of the next part with the same mould only the slots are read.
That is sound because a slot takes only what is alike for the schema: an OID of an organisation, a
time, a day, an identity code, a name without mark-up, base64.  A part that cannot be cut so, or
whose mould was refused, is always parsed.
"""

import re
import string
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from kirjaamo.archive.checking import filled
from kirjaamo.archive.checking.layout import Entry, Layout, Slot
from kirjaamo.archive.fields.filling import Written
from kirjaamo.archive.signing.form import HL7, LARGEST, SOCIAL, parse
from kirjaamo.archive.view.text import ILLEGAL

MOST: Final = 4096
"""Moulds that are remembered."""

LONGEST: Final = 64
"""Characters of an OID; a longer value is left to the schema."""

_START: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n<'
_OID: Final = rb"1\.2\.246\.10(?:\.(?:0|[1-9][0-9]*))+"
_FORMS: Final = {
    b"root": _OID,
    b"ID": b"OID" + _OID,
    b"value": b"[12][0-9]{13}[+-][0-9]{4}|[12][0-9]{7}",
    b"extension": _OID + b"|[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]|[1-9][0-9]{10}",
}
_ATTRIBUTE: Final = re.compile(
    rb'( (?:root="(?=1)|ID="(?=O)|value="(?=[12])|extension="))('
    + b"|".join(rb'(?<= %b=")(?:%b)' % one for one in _FORMS.items())
    + rb')(?=")'
)
_TEXT: Final = re.compile(
    rb'(<(?:given|family|name)(?: qualifier="CL")?>)([^<&>\s]+(?: [^<&>\s]+)*)(?=<)'
)
_PACKED: Final = (b' representation="B64">', b"json>")
_MARK: Final = "\ue000".encode()
"""How the mark of a slot begins; a part that holds one has no mould."""

_BASE64: Final = string.ascii_letters.encode() + b"0123456789+/="
_VALUE: Final = b' value="'


@dataclass(slots=True)
class Mould:
    """A mould that was parsed and that the schema accepts.

    Attributes:
        layout: Its elements, with slots.
        accepted: Rules of form that it breaks none of, with the mould of the other part.
    """

    layout: Layout
    accepted: set[object] = field(default_factory=set)


class Part:
    """A part of an archive document.

    Attributes:
        content: Its bytes.
        layout: Its elements; None when it cannot be read.
        slots: Values of its slots; empty when it was parsed.
        mould: Its mould when that is known.
        key: What its mould is known by; None when it cannot be cut.
    """

    __slots__ = ("_root", "_written", "content", "key", "layout", "mould", "slots")

    def __init__(self, read: bytes | Written, moulds: Mapping[Hashable, Mould]) -> None:
        written = None if isinstance(read, bytes) else read
        self.content = content = read if isinstance(read, bytes) else read.content
        self.slots: list[str] = []
        self.mould: Mould | None = None
        self._root: etree._Element | None = None
        found = None if written is None else filled.cut(written)
        self._written = None if found is None else written
        found = found or cut(content)
        self.key = None if found is None else found[0]
        if found is not None and (known := moulds.get(found[0])) is not None:
            self.mould, self.slots = known, found[1]
            self.layout: Layout | None = known.layout
            return
        if _MARK in content:
            self.key = None
        root = self.root
        self.layout = None if root is None else Layout(tuple(_entries(root, "", str)))

    def moulded(self) -> Mould:
        """Return its mould; asked only when it can be cut."""
        return Mould(moulded(self.content) if self._written is None else _laid_out(
            filled.marked(self._written)
        ))  # fmt: skip

    @property
    def root(self) -> "etree._Element | None":
        """The root element, parsed when it is asked for; None when it cannot be read."""
        if self._root is None:
            self._root = parse(self.content)
        return self._root

    def told(self, value: "str | Slot") -> str:
        """Return a value, also when it stands in a slot."""
        return self.slots[value] if isinstance(value, Slot) else value


def cut(content: bytes) -> tuple[Hashable, list[str]] | None:
    r"""Return the mould of a part and its slots, or None when it cannot be cut.

    >>> cut(b'<?xml version="1.0" encoding="UTF-8"?>\n<a><id root="1.2.246.10.7.1"/></a>')[1]
    ['1.2.246.10.7.1']
    """
    if not content.startswith(_START) or len(content) > LARGEST:
        return None
    if b"!" in content and b"<!" in content:  # one byte is found much faster than two
        return None
    head, packed, tail = _unpacked(content)
    pieces = _ATTRIBUTE.split(head)
    values = pieces[2::3]
    pieces[2::3] = [
        b"\x00%d" % len(value) if mark == _VALUE else b"\x00"
        for mark, value in zip(pieces[1::3], values, strict=True)
    ]
    pieces = _TEXT.split(b"".join(pieces))
    values += pieces[2::3]
    pieces[2::3] = [b"\x01"] * (len(pieces) // 3)
    slots = _decoded(values, packed)
    if slots is None or b"\r" in content:
        return None
    return b"".join([*pieces, b"\x02", *tail]), slots


def _decoded(values: list[bytes], packed: list[bytes]) -> list[str] | None:
    """Return slots as text, or None when one is not what a slot may hold."""
    try:
        text = b"\n".join(values).decode()
        slots = text.split("\n") if values else []
        slots += [one.decode("ascii") for one in packed]
    except UnicodeDecodeError:
        return None
    if any(not one or one.translate(None, _BASE64) for one in packed):
        return None
    if ILLEGAL.search(text) or len(slots) != len(values) + len(packed):
        return None
    if len(max(slots[: len(values)], key=len, default="")) > LONGEST:
        return None
    return slots


def _unpacked(content: bytes) -> tuple[bytes, list[bytes], list[bytes]]:
    """Return what stands before the packed texts, these, and what stands after each."""
    head, mark, rest = content.partition(_PACKED[0])
    if not mark:
        return content, [], []
    first, _, rest = rest.partition(b"<")
    middle, mark, last = rest.partition(_PACKED[1])
    if not mark:
        return head, [first], [_PACKED[0], rest]
    second, _, last = last.partition(b"<")
    return head, [first, second], [_PACKED[0], b"\x02", middle, mark, b"\x02", last]


def moulded(content: bytes) -> Layout:
    """Return the elements of a part that can be cut, its slots in place of their values."""
    head, packed, tail = _unpacked(content)
    count = 0

    def marked(found: "re.Match[bytes]") -> bytes:
        nonlocal count
        count += 1
        return found[1] + f"\ue000{count - 1}\ue001".encode()

    head = _TEXT.sub(marked, _ATTRIBUTE.sub(marked, head))
    last = [f"\ue000{count + number}\ue001".encode() for number in range(len(packed))]
    places = iter(last)
    if packed:
        whole = [head, tail[0], next(places), b"<"]
        if len(packed) == 1:
            whole.append(tail[1])
        else:
            whole += [tail[2], tail[3], next(places), b"<", tail[5]]
        head = b"".join(whole)
    return _laid_out(head)


def _laid_out(content: bytes) -> Layout:
    root = parse(content)
    return Layout(() if root is None else tuple(_entries(root, "", _slot)))


_MARKED = re.compile("(?:OID)?\ue000([0-9]+)\ue001")


def _slot(text: str) -> "str | Slot":
    found = _MARKED.fullmatch(text)
    return text if found is None else Slot(found[1])


def _entries(
    element: etree._Element, above: str, told: Callable[[str], "str | Slot"]
) -> Iterator[Entry]:
    """Yield what is inside an element; *told* tells slots from values."""
    for one in element.iterchildren(etree.Element):
        space, _, name = one.tag.rpartition("}")
        space = f"{space}}}"
        known = name if space == HL7 else f"*{name}" if space == SOCIAL else one.tag
        path = f"{above}/{known}" if above else known
        attributes = {str(key): told(str(value)) for key, value in one.attrib.items()}
        yield Entry(path, attributes, told(one.text or ""))
        yield from _entries(one, path, told)
