"""Single mutations of a valid document and its frame: every field missing, wrong or mismatched.

A mutation is (name, part, change), where change is given the root of the part.
"""

from lxml import etree

SPACES = {"h": "urn:hl7-org:v3", "s": "urn:hl7finland"}
INNER = "h:controlActProcess/h:subject/h:clinicalDocument"
HEADER = "s:localSocialHeader"
ROLE = "h:recordTarget/h:patientRole"
ENCOUNTER = "h:componentOf/h:encompassingEncounter"

MISSING = {
    "document": [
        *(f"h:{name}" for name in (
            "realmCode", "typeId", "id", "code", "effectiveTime", "confidentialityCode",
            "languageCode", "setId", "versionNumber", "recordTarget", "author", "custodian",
            "componentOf", "component",
        )),
        f"{ROLE}/h:id", f"{ROLE}/h:patient", f"{ROLE}/h:patient/h:name/h:family",
        f"{ROLE}/h:patient/h:administrativeGenderCode", f"{ROLE}/h:patient/h:birthTime",
        "h:author/h:assignedAuthor/h:id", f"{ENCOUNTER}/h:id",
        f"{ENCOUNTER}/h:responsibleParty", f"{ENCOUNTER}/h:encounterParticipant",
        HEADER,
        *(f"{HEADER}/s:{name}" for name in (
            "specificDocumentType", "creationTime", "documentGroup", "fileFormat",
            "softwareSupport", "functionCode", "recordStatus", "registryType",
            "outsourcingServiceCustomer", "outsourcingServiceCustomerName",
            "totalRetentionPeriodClass", "specialContent", "contentSpecificationId",
            "serviceProcess", "serviceProcess/s:type", "serviceProcess/s:code",
        )),
        "h:component/h:nonXMLBody/h:text", "h:component/h:nonXMLBody/s:json",
    ],
    "frame": [
        *(f"h:{name}" for name in (
            "id", "creationTime", "interactionId", "processingCode", "processingModeCode",
            "acceptAckCode", "receiver", "sender",
        )),
        "h:controlActProcess/h:code", "h:controlActProcess/h:reasonCode",
        "h:controlActProcess/h:authorOrPerformer",
        *(f"{INNER}/h:{name}" for name in (
            "id", "code", "statusCode", "effectiveTime", "setId", "versionNumber",
            "completionCode", "storageCode", "recordTarget", "author", "custodian",
        )),
    ],
}  # fmt: skip
"""Part to the elements that must stand in it."""

OTHER = "1.2.246.10.90000011.95.2026.8"
WRONG = {
    "document": [
        ("h:realmCode", "code", "SE"), ("h:typeId", "root", "1.2"), ("h:id", "root", OTHER),
        ("h:id", "root", "1..2"), ("h:code", "displayName", ""),
        ("h:effectiveTime", "value", "20260230092000+0200"), ("h:effectiveTime", "value", "2026"),
        ("h:confidentialityCode", "codeSystem", "1.2.3"), ("h:languageCode", "code", "EN"),
        ("h:setId", "root", OTHER), ("h:versionNumber", "value", "0"),
        ("h:versionNumber", "value", "2"), (f"{ROLE}/h:id", "extension", "100190-999X"),
        (f"{ROLE}/h:id", "extension", "100190-123P"), (f"{ROLE}/h:id", "root", "1.2.3"),
        (f"{ROLE}/h:patient/h:birthTime", "value", "19900111"),
        (f"{ROLE}/h:patient/h:administrativeGenderCode", "code", "1"),
        (f"{ENCOUNTER}/h:id", "root", "no OID"),
        (f"{HEADER}/s:specificDocumentType", "code", "15008"),
        (f"{HEADER}/s:creationTime", "value", "20261332000000+0200"),
        *((f"{HEADER}/s:{name}", "codeSystem", "1.2.3") for name in (
            "specificDocumentType", "documentGroup", "fileFormat", "structuredFileFormat",
            "functionCode", "recordStatus", "registryType", "totalRetentionPeriodClass",
            "specialContent",
        )),
        *((f"{HEADER}/s:{name}", "displayName", "") for name in ("functionCode", "fileFormat")),
        (f"{HEADER}/s:documentGroup", "code", "1"), (f"{HEADER}/s:registryType", "code", "2"),
        (f"{HEADER}/s:softwareSupport", "product", None),
        ("h:component/h:nonXMLBody", "ID", f"OID{OTHER}"),
        ("h:component/h:nonXMLBody/h:text", "mediaType", "text/plain"),
        ("h:component/h:nonXMLBody/h:text", "representation", "TXT"),
    ],
    "frame": [
        (".", "ITSVersion", "XML_2.0"), ("h:interactionId", "extension", "RCMR_IN000001"),
        ("h:processingCode", "code", "X"), ("h:creationTime", "value", "20260001000000+0200"),
        ("h:controlActProcess/h:reasonCode", "code", "SP1"),
        ("h:controlActProcess/h:reasonCode", "codeSystem", "1.2.3"),
        (f"{INNER}/h:id", "root", OTHER), (f"{INNER}/h:setId", "root", OTHER),
        (f"{INNER}/h:versionNumber", "value", "2"), (f"{INNER}/h:code", "code", "2"),
        (f"{INNER}/h:effectiveTime", "value", "20260305092001+0200"),
        (f"{INNER}/h:languageCode", "code", "SV"), (f"{INNER}/h:statusCode", "code", "NEW"),
        (f"{INNER}/h:recordTarget/h:patient/h:id", "extension", "100190-9981"),
        (f"{INNER}/h:recordTarget/h:patient/h:patientPerson/h:birthTime", "value", "19900111"),
        (f"{INNER}/h:custodian/h:assignedCustodian/h:representedOrganization/h:id", "root", OTHER),
    ],
}  # fmt: skip
"""Part to element, attribute and the value that is wrong or differs."""

TEXTS = [
    ("document", f"{HEADER}/s:contentSpecificationId", "1.2.246.537.6.1506.15008.2024.11.28"),
    ("document", f"{HEADER}/s:contentSpecificationId", "1.2.246.537.6.1506.15007.1990.1.1"),
    ("document", f"{HEADER}/s:serviceProcess/s:type", "Muu"),
    ("document", f"{ROLE}/h:patient/h:name/h:given[2]", "Leena"),
    ("document", f"{ROLE}/h:patient/h:name/h:family", "Toinen"),
    ("document", "h:component/h:nonXMLBody/h:text", "%%%"),
    ("document", "h:component/h:nonXMLBody/h:text", "PHA+PC9wPg=="),
    ("document", "h:component/h:nonXMLBody/s:json", "e30="),
    ("document", "h:component/h:nonXMLBody/s:json", "eyJhIjp7fX0="),
]
"""Part, element and the text that is wrong."""


def _one(root, path):
    return root if path == "." else root.xpath(path, namespaces=SPACES)[0]


def removed(path):
    def change(root):
        found = _one(root, path)
        found.getparent().remove(found)

    return change


def attribute(path, name, value):
    def change(root):
        found = _one(root, path)
        if value is None:
            del found.attrib[name]
        else:
            found.set(name, value)

    return change


def text(path, value):
    def change(root):
        _one(root, path).text = value

    return change


def swapped(path):
    """Return a change that puts an element before the one above it."""

    def change(root):
        found = _one(root, path)
        found.getprevious().addprevious(found)

    return change


def twice(path):
    def change(root):
        found = _one(root, path)
        found.addnext(etree.fromstring(etree.tostring(found)))

    return change


MUTATIONS = [
    *((f"{p}: {x} missing", p, removed(x)) for p, all_ in MISSING.items() for x in all_),
    *(
        (f"{p}: {x}@{name}={value}", p, attribute(x, name, value))
        for p, all_ in WRONG.items()
        for x, name, value in all_
    ),
    *((f"{p}: {x}={value}", p, text(x, value)) for p, x, value in TEXTS),
    *(
        (f"document: {x} swapped", "document", swapped(x))
        for x in ("h:id", "h:setId", "h:author", "h:custodian", f"{HEADER}/s:functionCode")
    ),
    *(
        (f"document: {x} twice", "document", twice(x))
        for x in ("h:id", "h:languageCode", HEADER)
    ),
]
"""Every mutation of the tree of a part."""

BYTES = [
    ("CR LF", lambda content: content.replace(b"\n", b"\r\n")),
    ("no declaration", lambda content: content.partition(b"\n")[2]),
    ("Latin declared", lambda content: content.replace(b"UTF-8", b"ISO-8859-1", 1)),
    ("two declarations", lambda content: content.partition(b"\n")[0] + content),
    ("byte order mark", lambda content: b"\xef\xbb\xbf" + content),
    ("document type", lambda content: content.replace(b"?>", b"?><!DOCTYPE a []>", 1)),
    ("entity", lambda content: content.replace(
        b"?>", b'?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1)),
    ("cut short", lambda content: content[: len(content) // 2]),
    ("empty", lambda content: b""),
]  # fmt: skip
"""Name and change of every mutation of bytes."""
