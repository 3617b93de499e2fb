"""The JSON body of an archive document (HL7 CDA R2 with the Finnish social-care header).

Only what a check needs is read here: the body and what the header says of it.  Writing archive
documents is another room's work.
"""

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from kirjaamo.documents.model import Raw

HL7, SOCIAL = "{urn:hl7-org:v3}", "{urn:hl7finland}"

STRUCTURE = re.compile(r"1\.2\.246\.537\.6\.150[56]\.[0-9]+\.[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}")
"""The OID of a version of a document structure."""

METADATA = {
    "document_id": (f"{HL7}id", "root"),
    "set_id": (f"{HL7}setId", "root"),
    "matter_id": (f"{HL7}componentOf/{HL7}encompassingEncounter/{HL7}id", "root"),
    "document_type": (f".//{SOCIAL}localSocialHeader/{SOCIAL}specificDocumentType", "code"),
}
"""Metadata of a document: name to path and attribute of the header."""


def structure_in(text: str) -> str:
    """Return the OID of a structure version inside a text, or "".

    >>> structure_in("export/1.2.246.537.6.1506.11049.2023.12.1.json")
    '1.2.246.537.6.1506.11049.2023.12.1'
    """
    found = STRUCTURE.search(text)
    return found[0] if found else ""


def document(name: str, content: bytes) -> Raw:
    """Return the document inside an archive document, or what is wrong with it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Raw(name, 1, b"", damage="container")
    if root.getroottree().docinfo.internalDTD is not None:
        return Raw(name, 1, b"", damage="entity")
    body = root.find(f".//{SOCIAL}json")
    if body is None:
        return Raw(name, 1, b"", damage="container")
    told = root.find(f".//{SOCIAL}contentSpecificationId")
    structure = "" if told is None else structure_in(told.get("text") or told.text or "")
    metadata = dict(_metadata(root))
    try:
        packed = "".join((body.text or "").split())
        decoded = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return Raw(name, 1, b"", structure, "base64", metadata)
    return Raw(name, 1, decoded, structure, metadata=metadata)


def _metadata(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what the header says of the document."""
    for name, (path, attribute) in METADATA.items():
        found = root.find(path)
        value = found.get(attribute) if found is not None else None
        if value:
            yield name, value
