"""The form of a signature in an archive document: names, identifiers, codes.

Source: archive messages of the customer test environment, 2026.  Only what stands there is
written; a signature of theirs with an enveloped-signature transform is read as well.
"""

import datetime as dt
from enum import StrEnum
from typing import Final

from lxml import etree

HL7: Final = "{urn:hl7-org:v3}"
SOCIAL: Final = "{urn:hl7finland}"
DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"

CANONICAL: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED: Final = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"

KIND_SYSTEM: Final = "1.2.246.537.5.40127.2006"
"""Code system of the kinds of signatures."""

AUTHENTICATION_SYSTEM: Final = "1.2.246.537.5.40128.2006"
CARD: Final = "1"
"""Code system of the means of authentication, and its code for a professional's certificate."""

BODY: Final = f"{HL7}component/{HL7}nonXMLBody"
HEADER: Final = f"{SOCIAL}localSocialHeader"
COLLECTION: Final = f"{SOCIAL}signatureCollection"
SIGNATURE: Final = f"{SOCIAL}signature"
TIMESTAMP: Final = f"{SOCIAL}signatureTimestamp"

LARGEST: Final = 64 << 20
"""Bytes of the largest archive document that is read."""


class SignatureKind(StrEnum):
    """The kinds of signatures whose codes are known (list 1.2.246.537.5.40127)."""

    PROFESSIONAL = "1"
    SYSTEM = "3"


def parser() -> etree.XMLParser:
    """Return a parser without entities, document types and network."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )


def parse(content: bytes) -> etree._Element | None:
    """Return the root of a document, or None when it is no XML that may be read."""
    if len(content) > LARGEST:
        return None
    try:
        root = etree.fromstring(content, parser())
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def serialised(root: etree._Element) -> bytes:
    """Return a document as UTF-8 with one XML declaration and LF line ends."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8")


def document_oid(root: etree._Element) -> str:
    """Return the OID of a document version, or ""."""
    found = root.find(f"{HL7}id")
    return "" if found is None else found.get("root", "")


def body_id(root: etree._Element) -> str:
    """Return the identifier that the body of a document must have."""
    return f"OID{document_oid(root)}"


def timestamp_id(signature: str) -> str:
    """Return the identifier that the time of a signature must have."""
    return f"CDA-timestamp.{signature}"


def instant(at: dt.datetime) -> str:
    """Return a time as a signature tells it.

    >>> instant(dt.datetime(2026, 3, 5, 9, 20, tzinfo=dt.timezone(dt.timedelta(hours=2))))
    '2026-03-05T07:20:00.000Z'
    """
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_instant(text: str) -> dt.datetime | None:
    """Return the time that a signature tells, or None when it tells none with its zone."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if found.tzinfo is None else found.astimezone(dt.UTC)
