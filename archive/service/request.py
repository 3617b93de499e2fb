"""A document and its frame as the service takes them, when every person in them is invented.

The form of the request is the one that public tools send to Kela's validation service of social
welfare: ``messageId``, ``palveluPyynto``, ``level``, ``siirtokehysXml`` and ``asiakirjaXml``.
What ``messageId`` must be is not known; it is the extension of the frame's identifier, or its root.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
from lxml import etree

from kirjaamo.archive.service.errors import NotTestDataError
from kirjaamo.archive.signing.form import BODY, HL7, SOCIAL, parse
from kirjaamo.messages import N_

LEVEL: Final = "1"
REQUESTS: Final = "1.2.246.537.6.1503"
"""Code system of service requests (``palveluPyynto``); its version follows the number."""

PERSONS: Final = "1.2.246.21"
"""Root of identity codes."""

IDENTITY: Final = re.compile(
    r"(?<![0-9])[0-9]{6} ?[-+A-FU-Y\u2212\u2013] ?(?P<number>[0-9]{3}) ?[0-9A-Z](?![^\W_])",
    re.IGNORECASE,
)
"""What is written like an identity code, whether its control character holds or not."""

_PACKED = re.compile(r"[A-Za-z0-9+/=]{64,}")  # base64: letters by chance are no identity code

REAL = N_("it holds an identity code that is not of the 900 series")
NO_CODE = N_(
    "a client of it has no identity code, so that nothing tells that the person is invented"
)
UNREAD = N_("it cannot be read, so that nothing tells whose data it holds")
PDF = N_("it holds a PDF, in which identity codes cannot be looked for")
NO_FRAME = N_("it has no message frame beside it")
NO_DOCUMENT = N_("its document is not beside it")
NO_REQUEST = N_("its frame names no service request")
DECLARATION = N_("a part of it has not just one XML declaration")
LINES = N_("a part of it has line ends other than LF")


class Request(msgspec.Struct, frozen=True, rename="camel"):
    """What is sent: a JSON object."""

    message_id: str
    palvelu_pyynto: str
    level: str
    siirtokehys_xml: str
    asiakirja_xml: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """Why a document cannot be sent; no breach, but the service would not take it."""

    reason: str


def request(name: str, document: bytes | None, frame: bytes | None) -> Request | Unsent:
    """Return what is sent of a document, or why it cannot be.

    Args:
        name: What the document is called in errors.
        document: Its bytes; None when there is only its frame.
        frame: The bytes of its frame, or None.

    Raises:
        NotTestDataError: It may be about a real person.
    """
    parts = [part for part in (document, frame) if part is not None]
    roots = [_read(name, part) for part in parts]
    for root, part in zip(roots, parts, strict=True):
        _refuse_real(name, root, part)
    if document is None or frame is None:
        return Unsent(NO_DOCUMENT if document is None else NO_FRAME)
    _refuse_unnamed(name, roots[0])
    texts = [part.decode() for part in (document, frame)]
    if any(text.count("<?xml") != 1 for text in texts):
        return Unsent(DECLARATION)
    if any("\r" in text for text in texts):
        return Unsent(LINES)
    code = _service_request(roots[1])
    if not code:
        return Unsent(NO_REQUEST)
    return Request(_identifier(roots[1]), code, LEVEL, texts[1], texts[0])


def _read(name: str, part: bytes) -> etree._Element:
    root = parse(part)
    try:
        part.decode()
    except UnicodeDecodeError:
        root = None
    if root is None:
        raise NotTestDataError(file=name, reason=UNREAD)
    return root


def _refuse_real(name: str, root: etree._Element, part: bytes) -> None:
    for text in (part.decode(), *_values(root), *_packed(name, root)):
        for found in IDENTITY.finditer(_PACKED.sub(" ", text)):
            if found["number"][0] != "9":
                raise NotTestDataError(file=name, reason=REAL)
    persons = root.iterfind(f".//*[@root='{PERSONS}']")
    for code in (person.get("extension", "") for person in persons):
        if IDENTITY.fullmatch(code) is None:
            raise NotTestDataError(file=name, reason=NO_CODE)


def _values(root: etree._Element) -> Iterator[str]:
    """Yield attributes and texts as they are read: references to characters resolved."""
    for one in root.iter():
        yield from (text for text in (one.text, one.tail) if text)
        yield from (str(value) for value in one.attrib.values())


def _packed(name: str, root: etree._Element) -> Iterator[str]:
    """Yield the view and the JSON body as text.

    Raises:
        NotTestDataError: One of them cannot be read.
    """
    body = root.find(BODY)
    for one in () if body is None else body.iter(f"{HL7}text", f"{SOCIAL}json"):
        try:
            content = base64.b64decode("".join((one.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            raise NotTestDataError(file=name, reason=UNREAD) from None
        if content.startswith(b"%PDF"):
            raise NotTestDataError(file=name, reason=PDF)
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise NotTestDataError(file=name, reason=UNREAD) from None
        yield text
        yield _plain(text, content)


def _plain(text: str, content: bytes) -> str:
    """Return the texts of JSON or XHTML without escapes and mark-up."""
    try:
        return str(msgspec.json.decode(content))
    except msgspec.DecodeError:
        root = parse(content)
        return text if root is None else "".join(map(str, root.itertext()))


def _refuse_unnamed(name: str, root: etree._Element) -> None:
    """Refuse a document with a client who is not told by an identity code."""
    for role in root.iterfind(f"{HL7}recordTarget/{HL7}patientRole"):
        if role.find(f"{HL7}id[@root='{PERSONS}']") is None:
            raise NotTestDataError(file=name, reason=NO_CODE)


def _service_request(frame: etree._Element) -> str:
    """Return the code of the service request of a frame, or ""."""
    for one in frame.iterfind(f"{HL7}controlActProcess/{HL7}reasonCode"):
        if one.get("codeSystem", "").startswith(f"{REQUESTS}."):
            return str(one.get("code", ""))
    return ""


def _identifier(frame: etree._Element) -> str:
    found = frame.find(f"{HL7}id")
    return "" if found is None else str(found.get("extension") or found.get("root", ""))
