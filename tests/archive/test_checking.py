"""Checks of archive documents: sound ones pass, every single mutation is found."""

import base64
import copy
import dataclasses
import re

import orjson
import pytest
from lxml import etree

from kirjaamo.archive import bodies
from kirjaamo.archive.building import Maker
from kirjaamo.archive.checking import Means, Schemas, archived, check, check_files
from kirjaamo.archive.checking.errors import NothingToCheckError, SchemaError
from kirjaamo.archive.checking.schemas import RECONSTRUCTED
from kirjaamo.archive.signing import SignatureKind, Signer, sign
from kirjaamo.archive.signing.form import serialised
from kirjaamo.classifications import Codes
from tests.archive import material
from tests.archive.mutations import BYTES, MUTATIONS, SPACES
from tests.command_line import kirjaamo, refused

MEANS = Means()
RELATION = '<s:encompassingClientRelationship root="1.2.246.10.90000011.19.2026.1"/>'
SOUND = material.sound()
ROOTS = {name: etree.fromstring(content) for name, content in SOUND.items()}


def faults(parts, means=MEANS):
    return check(parts["document"], parts["frame"], means)


def test_a_sound_document_and_frame_pass():
    assert faults(SOUND) == []
    assert check(SOUND["document"], None, MEANS) == []


def test_signed_documents_pass(seal, professional, at):
    signed = sign(SOUND["document"], seal, kind=SignatureKind.SYSTEM, at=at)
    signer = Signer("12345678901", "Eeva", "Esimerkki")
    both = sign(signed, professional, kind=SignatureKind.PROFESSIONAL, at=at, signer=signer)

    assert faults(SOUND | {"document": signed}) == []
    assert faults(SOUND | {"document": both}) == []


def test_there_are_mutations_enough():
    names = [name for name, *_ in MUTATIONS]
    assert len(names) == len(set(names))
    assert len(names) >= 60


@pytest.mark.parametrize(("name", "part", "change"), MUTATIONS, ids=[m[0] for m in MUTATIONS])
def test_every_mutation_is_found(name, part, change):
    root = copy.deepcopy(ROOTS[part])
    change(root)

    assert faults(SOUND | {part: serialised(root)})


@pytest.mark.parametrize("part", ["document", "frame"])
@pytest.mark.parametrize(("name", "change"), BYTES, ids=[m[0] for m in BYTES])
def test_every_mutation_of_bytes_is_found(part, name, change):
    assert "MD001" in {one.rule for one in faults(SOUND | {part: change(SOUND[part])})}


def test_faults_tell_no_value():
    told = set()
    for _, part, change in MUTATIONS:
        root = copy.deepcopy(ROOTS[part])
        change(root)
        told.update(one.place for one in faults(SOUND | {part: serialised(root)}))

    secret = re.compile(r"[0-9]{5}|Malli|Aino|Leena|Toinen|Kaskivuori|Esimerkki")
    shown = [place.replace("RCMR_IN200002FI01", "") for place in told]
    assert [place for place in shown if secret.search(place)] == []


@pytest.mark.parametrize("warm", [False, True])
def test_what_was_seen_before_does_not_change_what_is_found(warm):
    means = Means()
    if warm:
        assert faults(SOUND, means) == faults(SOUND, means) == []
        assert len(means.moulds) == 2
    for name, part, change in MUTATIONS:
        root = copy.deepcopy(ROOTS[part])
        change(root)
        parts = SOUND | {
            part: b'<?xml version="1.0" encoding="UTF-8"?>\n'
            + etree.tostring(root, encoding="UTF-8")
        }
        assert faults(parts, means), name


def test_moulds_are_forgotten_when_there_are_too_many(monkeypatch):
    means = Means()
    monkeypatch.setattr(archived, "MOST", 1)
    assert faults(SOUND, means) == []
    assert check(SOUND["document"], None, means) == []
    assert len(means.moulds) <= 2


def test_the_matter_of_the_body_is_the_headers():
    matter = material.MATTER.encode()
    other = SOUND["document"].replace(b'<id root="' + matter, b'<id root="' + matter + b"9", 1)

    assert {one.rule for one in check(other, None, MEANS)} == {"MD009"}


def test_persons_belong_to_their_environment():
    found = faults(SOUND, Means(environment="production"))

    assert {one.rule for one in found} == {"MD003"}
    assert {one.place for one in found} == {
        "document: patientRole/id", "frame: assignedPerson/id", "frame: patient/id",
    }  # fmt: skip


def test_schema_failures_are_told_in_words_without_values():
    root = copy.deepcopy(ROOTS["document"])
    root.find("h:languageCode", SPACES).set("code", "Salaisuus")
    found = list(Schemas().explained("document", root))

    assert found
    assert "Salaisuus" not in str(found)
    assert list(Schemas().explained("document", ROOTS["document"])) == []


def test_official_schemas_take_the_place_of_ours(tmp_path):
    (tmp_path / "CDA_Fi_sos.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:hl7-org:v3">'
        '<xs:element name="Other"/></xs:schema>'
    )
    found = faults(SOUND, Means(schemas=Schemas(tmp_path)))
    assert [(one.rule, one.place) for one in found] == [
        ("MD002", "document: /ClinicalDocument")
    ]


def test_a_broken_official_schema_is_an_error(tmp_path):
    (tmp_path / "CDA_Fi_sos.xsd").write_text("no schema")

    with pytest.raises(SchemaError):
        faults(SOUND, Means(schemas=Schemas(tmp_path)))


def test_frames_of_a_folder_find_their_documents(tmp_path):
    (tmp_path / "a.xml").write_bytes(SOUND["document"])
    (tmp_path / "b.xml").write_bytes(SOUND["frame"])
    assert list(check_files([tmp_path], MEANS)) == [("a.xml", [])]

    (tmp_path / "b.xml").write_bytes(SOUND["frame"].replace(material.OID.encode(), b"1.2.3"))
    (name, first), (other, second) = check_files([tmp_path], MEANS)
    assert (name, first, other) == ("a.xml", [], "b.xml")
    assert [(one.rule, one.place) for one in second] == [("MD004", "frame: id")]


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(NothingToCheckError):
        list(check_files([tmp_path], MEANS))


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a sound document and its frame."""
    (tmp_path / "a.xml").write_bytes(SOUND["document"])
    (tmp_path / "b.xml").write_bytes(SOUND["frame"])
    return tmp_path


def test_the_command_tells_what_is_wrong(folder):
    sound = kirjaamo("archive", "check", folder)
    assert (sound.exit_code, sound.stdout) == (0, "")
    assert "Checked 1 documents; found 0." in sound.stderr

    (folder / "a.xml").write_bytes(SOUND["document"].replace(b"\n", b"\r\n"))
    found = kirjaamo("archive", "check", folder, "--format", "json")
    assert found.exit_code == 1
    assert "MD001" in found.stdout
    assert "document: line ends" in found.stdout

    real = kirjaamo("archive", "check", folder, "--environment", "production")
    assert real.exit_code == 1
    assert "MD003" in real.stdout
    assert material.PERSON not in real.stdout + real.stderr


def test_the_command_refuses_folders_without_schemas_and_documents(folder, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()

    assert "CDA_Fi_sos.xsd" in refused("archive", "check", folder, "--schemas", empty)
    assert "holds no archive documents" in refused("archive", "check", empty)


def without_extensions(content):
    """Return a document as HL7 knows it: nothing of the Finnish namespace, no ID of the body."""
    root = etree.fromstring(content)
    for found in root.xpath("//s:localSocialHeader | //s:json", namespaces=SPACES):
        found.getparent().remove(found)
    del root.find("h:component/h:nonXMLBody", SPACES).attrib["ID"]
    return root


REPLACED = (
    b'<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.246.10.90000011.95.2026.6"/>'
    b"</parentDocument></relatedDocument>"
    b'<authorization><consent><code code="1" codeSystem="1.2.246.537.6.1286.201901"/>'
    b'<statusCode code="completed"/></consent></authorization><componentOf>'
)


@pytest.mark.parametrize("more", [b"<componentOf>", REPLACED])
def test_headers_have_the_order_and_data_types_of_hl7(more):
    schema = etree.XMLSchema(file=str(RECONSTRUCTED / "hl7.xsd"))
    root = without_extensions(SOUND["document"].replace(b"<componentOf>", more))

    assert schema.validate(root), schema.error_log
    author, custodian = root.find("h:author", SPACES), root.find("h:custodian", SPACES)
    author.addprevious(custodian)
    assert not schema.validate(root)


def changed(**texts):
    """Return the sound document with texts replaced, each of them once."""
    content = SOUND["document"].decode()
    for old, new in texts.values():
        assert old in content
        content = content.replace(old, new, 1)
    return content.encode()


def test_client_relationship_documents_have_metadata_of_their_own():
    made = material.built(material.case(material.RELATION))

    assert check(made.cda, made.frame, MEANS) == []
    wrong = check(made.cda, made.frame.replace(b'"SP1"', b'"SP17"'), MEANS)
    assert ("MD012", "frame: reasonCode") in {(one.rule, one.place) for one in wrong}
    alone = re.sub(rb"<s:encompassingClientRelationship[^>]*>", b"", made.cda)
    assert {one.rule for one in check(alone, made.frame, MEANS)} == {"MD021"}


def test_a_pdf_document_needs_no_view_and_no_body():
    document = changed(
        media=("application/xhtml+xml", "application/pdf"),
        format=('fileFormat code="2"', 'fileFormat code="9"'),
    )
    document = re.sub(rb"<s:json>.*</s:json>|<s:structuredFileFormat[^>]*>", b"", document)
    packed = base64.b64encode(b"%PDF-1.7").decode().encode()
    whole = re.sub(rb'(representation="B64">)[^<]*', rb"\1" + packed, document)

    assert check(whole, None, MEANS) == []
    assert [(one.rule, one.place) for one in check(document, None, MEANS)] == [
        ("MD006", "document: nonXMLBody/text")
    ]


def test_body_refusals_name_no_foreign_key():
    root = b"paatos_lapsen_elatussopimuksen_vahvistamisesta"
    secret = base64.b64encode(b'{"' + root + b'":{"Malli Aino":1}}')
    document = re.sub(
        rb"<s:json>.*</s:json>", b"<s:json>" + secret + b"</s:json>", SOUND["document"]
    )

    found = check(document, None, MEANS)
    assert {one.rule for one in found} == {"MD008"}
    assert "Malli" not in str(found)


def test_two_clients_are_compared_with_two():
    role = re.search(rb"<recordTarget>.*?</recordTarget>", SOUND["document"])[0]
    document = SOUND["document"].replace(role, role * 2)

    found = faults(SOUND | {"document": document})
    assert [(one.rule, one.place) for one in found] == [("MD004", "frame: recordTarget")]


class Complete(Codes):
    """Code lists that are all said to be complete."""

    def find(self, name):
        found = super().find(name)
        return found and dataclasses.replace(found, complete=True)


def test_codes_outside_a_complete_list_are_found():
    means = Means(codes=Complete())
    document = changed(task=('recordStatus code="3"', 'recordStatus code="99"'))

    assert ("MD010", "document: recordStatus: code") in {
        (one.rule, one.place) for one in check(document, None, means)
    }
    assert check(document, None, MEANS) == []


def test_nobody_is_born_after_the_document():
    document = changed(time=("20260305092000+0200", "19800305092000+0200"))

    assert {(one.rule, one.place) for one in check(document, None, MEANS)} == {
        ("MD011", "document: birthTime: later than effectiveTime")
    }


def test_a_folder_without_a_schema_of_frames_leaves_them_to_the_rules(tmp_path):
    assert list(Schemas(tmp_path).explained("frame", ROOTS["frame"])) == []
    assert list(Schemas(tmp_path).broken("frame", ROOTS["frame"])) == []


ENTRY = "1.2.246.537.6.1506.19013.2022.1.10"


def found_in(case, *changes):
    """Return the rules that a built document breaks after some texts were replaced."""
    made = material.built(case)
    content = made.cda
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    return {one.rule for one in check(content, None, MEANS)}


def test_the_service_task_of_the_header_is_the_bodys():
    case = material.case(ENTRY)
    told = bodies.service_tasks(bodies.inside(orjson.loads(case.content)))
    other = "10" if told == {"20"} else "20"

    assert found_in(case) == set()
    assert "MD017" in {
        one.field
        for one in Maker(material.ground(), MEANS).make(
            material.case(ENTRY, service_task=other)
        )
    }


def test_the_names_of_the_client_are_the_bodys():
    assert found_in(material.plain_case(), (b"Malli<", b"Toinen<")) == {"MD018"}
    assert found_in(material.plain_case(), (b">Aino Maria<", b">Aino Liisa<")) == {"MD018"}
    assert found_in(material.plain_case(), (b"Esimerkki<", b"Muu<")) == {"MD019"}


def test_own_structures_belong_to_their_group():
    case = material.case("1.2.246.537.6.1505.8.2023.6.1")

    assert found_in(case, (b'documentGroup code="8"', b'documentGroup code="9"')) >= {"MD007"}


@pytest.mark.parametrize(
    ("sent", "rules"),
    [
        ("20260305071900+0000", {"MD011"}),
        ("20260305072000+0000", set()),
        ("20260305092100+0200", set()),
        ("20260305091900+0200", {"MD011"}),
    ],
)
def test_no_message_is_older_than_its_document(sent, rules):
    now = b'<creationTime value="20260305092000+0200"/>'
    frame = SOUND["frame"].replace(now, f'<creationTime value="{sent}"/>'.encode())

    assert now in SOUND["frame"]
    assert {one.rule for one in faults(SOUND | {"frame": frame})} == rules


def test_a_view_with_an_image_is_looked_at_long():
    view = b'<div xmlns="http://www.w3.org/1999/xhtml" class="soc-document" id="OID%s">%s</div>'
    for inside, broken in (
        (b'<img src="data:image/png;base64,AA==" alt="a"/>', set()),
        (b"<p>&nope;</p>", {"MD006"}),
        (b"<p>a</b>", {"MD006"}),
        (b"<h1></h1><b onclick='a'/>", {"MD006"}),
    ):
        packed = base64.b64encode(view % (material.OID.encode(), inside))
        document = re.sub(rb'(representation="B64">)[^<]*', rb"\1" + packed, SOUND["document"])
        assert {one.rule for one in check(document, None, MEANS)} == broken
