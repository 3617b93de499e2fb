"""Single mutations of a sound document and its frame: every field missing, wrong or mismatched.

What can be missing and what can be wrong is taken from the skeletons and the metadata fields
themselves, so that a new field gets its mutations by itself.  A mutation is (name, part, change),
where change is given the root of the part.
"""

from lxml import etree

from kirjaamo.archive.fields import fields
from kirjaamo.archive.fields.skeleton import places

SPACES = {"h": "urn:hl7-org:v3", "s": "urn:hl7finland"}
INNER = "h:controlActProcess/h:subject/h:clinicalDocument"
HEADER = "s:localSocialHeader"
ROLE = "h:recordTarget/h:patientRole"
ENCOUNTER = "h:componentOf/h:encompassingEncounter"
OTHER = "1.2.246.10.90000011.95.2026.8"

NOT_SOUND = {
    "client_sex", "guardian_disclosure", "replaced_id", "restriction_reason", "withholding_reason",
    "correction_reason", "matter_opened", "matter_closed", "relationship_id", "author_identity",
}  # fmt: skip
"""Fields that the sound document does not have."""

MAY_LACK = {
    ("client_used", "document"), ("client_used", "frame"), ("confidentiality", "frame"),
    ("language", "frame"),
}  # fmt: skip
"""Fields without which a part is sound."""

ANYTHING = {
    "software_moderator", "software_product", "software_version", "operating_id",
    "operating_name", "unit_id", "unit_name", "organiser_id", "organiser_name", "receiver",
    "sender", "message_root", "message_id", "performer_given", "performer_family",
    "author_registration", "special_content", "retention_class",
}  # fmt: skip
"""Fields of which nothing else tells whether a value of the right form is the right one."""

OTHERS = {
    "oid": OTHER, "number": "2", "instant": "20250305092001+0200", "day": "19900111",
    "text": "Toinen", "language": "SV", "word": "100190-9981",
}  # fmt: skip
"""Form to a value of that form that is another one."""

WRONG_FORM = {
    "oid": "1..2", "number": "0", "instant": "20260230092000+0200", "day": "19901340",
    "text": "", "language": "EN", "word": "",
}  # fmt: skip
"""Form to a value that has not that form."""


def path_of(text):
    """Return a path of a skeleton as XPath."""
    return "/".join(
        f"s:{step[2:]}" if step.startswith("s:") else f"h:{step}" for step in text.split("/")
    )


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


def _put(place, value):
    path = path_of(place.path)
    return attribute(path, place.attribute, value) if place.attribute else text(path, value)


def _of_fields():
    for part in ("document", "frame"):
        for name, found in places(part).items():
            if name in NOT_SOUND or name in {"view", "body"}:
                continue
            field = fields()[name]
            for place in (one for one in found if "relatedDocument" not in one.path):
                yield from _of_place(part, name, field, place)


def _of_place(part, name, field, place):
    path, told = path_of(place.path), f"{part}: {name} at {place.path}"
    if name == "client_used":
        path = f"{path}[@qualifier]"
    elif name in {"document_id", "view_media"} and "nonXMLBody" in place.path:
        yield f"{told} wrong", part, attribute(path, place.attribute, "OID1.2")
        return
    if (name, part) not in MAY_LACK and not name.startswith("software"):
        yield f"{told} missing", part, removed(path)
    if field.form == "coded":
        for key in ("codeSystem", "displayName", "codeSystemName", "code"):
            yield f"{told} without {key}", part, attribute(path, key, None)
        yield f"{told} of another list", part, attribute(path, "codeSystem", "1.2.3")
        yield f"{told} named otherwise", part, attribute(path, "displayName", "Muu nimi")
        return
    if place.attribute and name.startswith("software"):
        yield f"{told} missing", part, attribute(path, place.attribute, None)
    if name == "content_specification":
        yield f"{told} unknown", part, text(path, "1.2.246.537.6.1506.15007.1990.1.1")
        yield f"{told} mismatched", part, text(path, "1.2.246.537.6.1506.15008.2024.11.28")
        return
    yield f"{told} without form", part, _put(place, WRONG_FORM[field.form])
    if name not in ANYTHING | {
        "controller_id",
        "controller_name",
        "performer_identity",
        "sent",
        "created",
    }:
        yield f"{told} mismatched", part, _put(place, OTHERS[field.form])


WRONG = {
    "document": [
        ("h:realmCode", "code", "SE"), ("h:typeId", "root", "1.2"),
        ("h:versionNumber", "value", "2"), (f"{ROLE}/h:id", "extension", "100190-123P"),
        (f"{ROLE}/h:id", "root", "1.2.3"), ("h:code", "code", "15"),
        (f"{HEADER}/s:specificDocumentType", "code", "15008"),
        (f"{HEADER}/s:functionCode", "code", "10"),
        (f"{HEADER}/s:documentGroup", "code", "1"), (f"{HEADER}/s:registryType", "code", "2"),
        (f"{HEADER}/s:fileFormat", "code", "9"), (f"{HEADER}/s:specialContent", "code", "K"),
        ("h:component/h:nonXMLBody", "ID", f"OID{OTHER}"),
        ("h:component/h:nonXMLBody/h:text", "mediaType", "text/plain"),
        ("h:component/h:nonXMLBody/h:text", "mediaType", "application/pdf"),
        ("h:component/h:nonXMLBody/h:text", "representation", "TXT"),
        ("h:custodian/h:assignedCustodian/h:representedCustodianOrganization/h:id",
         "root", OTHER),
        (f"{ROLE}/h:patient/h:birthTime", "value", "20300101"),
    ],
    "frame": [
        (".", "ITSVersion", "XML_2.0"), ("h:interactionId", "extension", "RCMR_IN000001"),
        ("h:processingCode", "code", "X"), ("h:processingModeCode", "code", "X"),
        ("h:acceptAckCode", "code", "X"), ("h:versionCode", "code", "X"),
        ("h:creationTime", "value", "20250305092000+0200"),
        ("h:controlActProcess/h:reasonCode", "code", "SP1"),
        ("h:controlActProcess/h:priorityCode", "code", "X"),
        (f"{INNER}/h:code", "code", "2"), (f"{INNER}/h:statusCode", "code", "NEW"),
        (f"{INNER}/h:recordTarget/h:patient/h:id", "extension", "100190-9981"),
        (f"{INNER}/h:custodian/h:assignedCustodian/h:representedOrganization/h:id", "root", OTHER),
        (f"{INNER}/h:custodian/h:assignedCustodian/h:representedOrganization/h:name", None, "Muu"),
    ],
}  # fmt: skip
"""Part to element, attribute (None: the text) and the value that is wrong or differs."""

TEXTS = [
    ("document", f"{HEADER}/s:serviceProcess/s:type", "Muu"),
    ("document", f"{ROLE}/h:patient/h:name/h:given[2]", "Leena"),
    ("document", "h:component/h:nonXMLBody/h:text", "%%%"),
    ("document", "h:component/h:nonXMLBody/h:text", "PHA+PC9wPg=="),
    ("document", "h:component/h:nonXMLBody/s:json", "e30="),
    ("document", "h:component/h:nonXMLBody/s:json", "eyJhIjp7fX0="),
    ("document", "h:component/h:nonXMLBody/s:json", "%%%"),
]
"""Part, element and the text that is wrong."""

MISSING = [
    *(("document", x) for x in (
        "h:realmCode", "h:typeId", "h:recordTarget", "h:author", "h:custodian", "h:componentOf",
        "h:component", f"{ROLE}/h:patient", f"{ENCOUNTER}/h:responsibleParty",
        f"{ENCOUNTER}/h:encounterParticipant", f"{ENCOUNTER}/h:effectiveTime", HEADER,
        f"{HEADER}/s:serviceProcess", f"{HEADER}/s:serviceProcess/s:type",
        "h:component/h:nonXMLBody/h:text", "h:component/h:nonXMLBody/s:json",
    )),
    *(("frame", x) for x in (
        "h:interactionId", "h:processingCode", "h:processingModeCode", "h:acceptAckCode",
        "h:receiver", "h:sender", "h:controlActProcess/h:code",
        "h:controlActProcess/h:authorOrPerformer", f"{INNER}/h:statusCode",
        f"{INNER}/h:recordTarget", f"{INNER}/h:author", f"{INNER}/h:custodian",
    )),
]  # fmt: skip
"""Elements without a field of their own that must stand in a part."""

MUTATIONS = [
    *_of_fields(),
    *((f"{p}: {x} missing whole", p, removed(x)) for p, x in MISSING),
    *(
        (f"{p}: {x}@{name}={value}", p, attribute(x, name, value) if name else text(x, value))
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
        for x in ("h:id", "h:languageCode", "h:recordTarget", HEADER)
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
    ("no UTF-8", lambda content: content.replace(b"Malli", b"M\xe4lli", 1)),
    ("control character", lambda content: content.replace(b"Malli", b"Ma\x01lli", 1)),
    ("empty", lambda content: b""),
]  # fmt: skip
"""Name and change of every mutation of bytes."""
