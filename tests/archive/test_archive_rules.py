"""Every rule of family MD has a document that it accepts and a change of it that it finds."""

import base64
from functools import cache

import pytest
from lxml import etree

from kirjaamo.archive.checking import Means, check, rules
from kirjaamo.archive.signing.form import serialised
from tests.archive import material
from tests.archive.mutations import (
    BYTES,
    ENCOUNTER,
    HEADER,
    INNER,
    OTHER,
    ROLE,
    attribute,
    removed,
    text,
)

ENTRY = "1.2.246.537.6.1506.19013.2022.1.10"
BODY = "h:component/h:nonXMLBody"
AUTHOR = "h:author/h:assignedAuthor/h:assignedPerson/h:name"
EMPTY = base64.b64encode(b'{"paatos_lapsen_elatussopimuksen_vahvistamisesta":{}}').decode()

SOUND = {
    "decision": material.plain_case,
    "entry": lambda: material.case(ENTRY),
    "relationship": lambda: material.case(material.RELATION),
}
"""Name to the case of a sound document; what a rule looks at stands in one of them."""


def tree(change):
    """Return a change of the root of a part as one of its bytes."""

    def of_bytes(content):
        root = etree.fromstring(content)
        change(root)
        return serialised(root)

    return of_bytes


def put(path, name, value):
    return tree(attribute(path, name, value))


CASES = {
    "MD001": ("decision", dict(BYTES)["CR LF"], "document: line ends"),
    "MD002": ("decision", tree(removed("h:languageCode")), "document: /ClinicalDocument/setId"),
    "MD003": ("decision", put(f"{ROLE}/h:id", "extension", "100190-123P"),
              "document: patientRole/id"),
    "MD004": ("decision", put(f"{INNER}/h:setId", "root", OTHER), "frame: setId"),
    "MD005": ("decision", put("h:setId", "root", OTHER), "document: setId"),
    "MD006": ("decision", put(BODY, "ID", f"OID{OTHER}"), "document: nonXMLBody"),
    "MD007": ("decision", put(f"{HEADER}/s:specificDocumentType", "code", "15008"),
              "document: specificDocumentType"),
    "MD008": ("decision", tree(text(f"{BODY}/s:json", EMPTY)),
              "document: json: paatos_lapsen_elatussopimuksen_vahvistamisesta"),
    "MD009": ("decision", put(f"{ENCOUNTER}/h:id", "root", OTHER),
              "document: json: asiatunnus"),
    "MD010": ("decision", put(f"{HEADER}/s:functionCode", "displayName", None),
              "document: functionCode: displayName"),
    "MD011": ("decision", put("h:effectiveTime", "value", "20260230092000+0200"),
              "document: effectiveTime"),
    "MD012": ("decision", tree(removed(f"{HEADER}/s:functionCode")),
              "document: localSocialHeader/functionCode"),
    "MD013": ("decision", put(f"{ROLE}/h:patient/h:birthTime", "value", "19900111"),
              "document: recordTarget: birthTime"),
    "MD014": ("decision", tree(text(f"{ROLE}/h:patient/h:name/h:given[@qualifier]", "Leena")),
              "document: recordTarget: given"),
    "MD015": ("decision", put(f"{HEADER}/s:functionCode", "displayName", "Muu nimi"),
              "document: functionCode: displayName"),
    "MD016": ("decision", put("h:code", "code", "15"), "document: code"),
    "MD017": ("entry", put(f"{HEADER}/s:functionCode", "code", "20"), "document: functionCode"),
    "MD018": ("decision", tree(text(f"{ROLE}/h:patient/h:name/h:family", "Toinen")),
              "document: recordTarget: family"),
    "MD019": ("decision", tree(text(f"{AUTHOR}/h:family", "Muu")), "document: author/name"),
    "MD020": ("decision", put(f"{HEADER}/s:fileFormat", "code", "9"), "document: fileFormat"),
    "MD021": ("relationship", tree(removed(f"{HEADER}/s:encompassingClientRelationship")),
              "document: encompassingClientRelationship"),
}  # fmt: skip
"""Rule to a sound document, a change of the part that the place names, and where it is found."""


@cache
def parts(name):
    made = material.built(SOUND[name]())
    return {"document": made.cda, "frame": made.frame}


def faults(found):
    told = check(found["document"], found["frame"], Means())
    return {(one.rule, one.place) for one in told}


def test_every_rule_has_a_case():
    assert set(CASES) == set(rules())


@pytest.mark.parametrize("name", SOUND)
def test_every_rule_accepts_a_sound_document(name):
    assert faults(parts(name)) == set()


@pytest.mark.parametrize("code", CASES)
def test_every_rule_finds_what_breaks_it(code):
    name, change, place = CASES[code]
    part = place.partition(":")[0]

    assert (code, place) in faults(parts(name) | {part: change(parts(name)[part])})
