"""Building archive documents: every kind, the same bytes, what is held, and what stops."""

import base64
import dataclasses
import datetime as dt
import io

import msgspec
import orjson
import pikepdf
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kirjaamo.archive.building import Built, Case, Fault, Ground, Maker
from kirjaamo.archive.building import pdf as pdfs
from kirjaamo.archive.building.errors import MissingSettingsError
from kirjaamo.archive.checking import Means, check
from kirjaamo.archive.fields import fields
from kirjaamo.archive.fields.skeleton import places, used
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.samples.documents import BUNDLED
from kirjaamo.samples.documents import document as sample
from kirjaamo.samples.identity import identity_code
from tests.archive import material
from tests.archive.mutations import SPACES

MEANS = Means()
MAKER = Maker(material.ground(), MEANS)
BARE = Maker(material.ground())
OTHER_PERSON = identity_code(dt.date(1990, 1, 10), 998, "-")


def found(case, path, maker=BARE, part="cda"):
    """Return the elements of what is built of a case."""
    built = maker.make(case)
    assert isinstance(built, Built), built
    return etree.fromstring(getattr(built, part)).xpath(path, namespaces=SPACES)


def reasons(case, maker=MAKER):
    """Return what holds a case."""
    held = maker.make(case)
    assert not isinstance(held, Built)
    return {(one.field, one.reason) for one in held}


def with_settings(**changes):
    told = msgspec.structs.replace(
        material.settings(),
        archive=msgspec.structs.replace(material.settings().archive, **changes),
    )
    return Maker(material.ground(told))


def test_documents_of_every_structure_pass_the_checks():
    held = {}
    for oid in BUNDLED.current():
        made = MAKER.make(material.case(oid))
        if not isinstance(made, Built):
            held[oid] = {one.field for one in made} - (
                {"MD008"} if BUNDLED.unworded(oid) else set()
            )

    assert {oid: rules for oid, rules in held.items() if rules} == {}


def test_every_field_stands_somewhere_and_every_slot_is_a_field():
    assert used("document") | used("frame") == set(fields())
    for part in ("document", "frame"):
        assert all(places(part).values())


@settings(max_examples=25, deadline=None)
@given(oid=st.sampled_from(BUNDLED.current()), seed=st.integers(0, 5))
def test_building_twice_gives_the_same_bytes(oid, seed):
    tree = material.put_matter(sample(oid, "random", seed), material.MATTER)
    case = material.case(oid, tree=tree)

    first, second = Maker(material.ground()).make(case), BARE.make(case)
    assert isinstance(first, Built)
    assert first == second


@settings(max_examples=30, deadline=None)
@given(name=st.text(st.characters(codec="utf-8", categories=["L", "S", "P"]), min_size=1))
def test_names_are_kept_whatever_they_hold(name):
    case = dataclasses.replace(
        material.plain_case(), unit={"oid": "1.2.246.10.90000011.10.7", "name": name}
    )

    told = found(case, "//h:encounterParticipant//h:name")
    assert [one.text for one in told] == [" ".join(name.split())]


def test_a_document_and_its_frame_are_as_they_were(golden):
    built = material.built()

    golden("archive/document.xml", built.cda)
    golden("archive/frame.xml", built.frame)


def test_client_relationship_documents_have_a_header_of_their_own():
    case = material.case(material.RELATION)

    assert found(case, "/*/h:code")[0].attrib == {"nullFlavor": "NA"}
    assert found(case, "//h:assignedAuthor/h:id")[0].attrib == {"nullFlavor": "NA"}
    assert found(case, "//h:encompassingEncounter/h:id")[0].get("nullFlavor") == "NA"
    assert found(case, "//s:encompassingClientRelationship/@root")
    assert not found(case, "//s:specificDocumentType")
    assert found(case, "//h:reasonCode/@code", part="frame")[0] == "SP1"
    assert found(case, "//s:documentGroup/@code") == ["1"]


def old_relationship(*, old, identifier):
    tree = sample(material.RELATION)
    body = next(iter(tree.values()))
    body["sosiaalihuollon_asiakkuus"]["vanha_asiakkuus"] = old
    if not identifier:
        body.pop("asiakkuuden_yksilointitunnus", None)
    case = material.case(material.RELATION, tree=tree)
    document = {k: v for k, v in case.document.items() if k != "relationship_id"}
    return dataclasses.replace(case, document=document)


def test_an_old_relationship_may_lack_its_identifier_and_a_new_one_may_not():
    old = BARE.make(old_relationship(old=True, identifier=False))
    assert isinstance(old, Built)
    assert "MD021" not in {one.rule for one in check(old.cda, old.frame, MEANS)}

    assert reasons(old_relationship(old=False, identifier=False)) >= {
        ("relationship_id", "missing")
    }


def test_matter_documents_tell_when_the_matter_was_open():
    tree = material.put_matter(sample("1.2.246.537.6.1505.2.2022.6.28"), material.MATTER)
    facts = next(iter(tree.values()))["asian_tiedot"]
    facts |= {"avauspaiva": "2024-02-01", "paattymispaiva": "2025-03-01"}
    case = material.case("1.2.246.537.6.1505.2.2022.6.28", tree=tree)

    span = found(case, "//h:encompassingEncounter/h:effectiveTime/*")
    assert [(one.tag.rpartition("}")[2], one.get("value")) for one in span] == [
        ("low", "20240201"), ("high", "20250301"),
    ]  # fmt: skip
    assert found(case, "//h:encompassingEncounter/h:id/@root") == [material.MATTER]
    assert found(case, "//s:documentGroup/@code") == ["2"]


@pytest.mark.parametrize(("number", "group"), [("8.2023.6.1", "8"), ("9.2023.6.5", "9")])
def test_permissions_and_prohibitions_have_groups_of_their_own(number, group):
    case = material.case(f"1.2.246.537.6.1505.{number}")

    assert found(case, "//s:documentGroup/@code") == [group]


def test_kinds_whose_service_request_is_not_known_are_held():
    maker = with_settings(service_request={})
    case = material.case("1.2.246.537.6.1505.9.2023.6.5")

    assert reasons(case, maker) == {("service_request", "missing")}


def test_a_new_version_tells_its_set_and_what_it_replaces():
    case = material.plain_case(
        document_id="1.2.246.10.90000011.95.2026.9", set_id=material.OID, version=2,
        replaces=material.OID, correction_reason="Kirjoitusvirhe",
    )  # fmt: skip
    made = MAKER.make(case)
    assert isinstance(made, Built)

    assert found(case, "/*/h:setId/@root") == [material.OID]
    assert found(case, "//h:relatedDocument/@typeCode") == ["RPLC"]
    assert found(case, "//h:parentDocument/h:id/@root") == [material.OID]
    assert found(case, "//s:reasonOfCorrection/text()") == ["Kirjoitusvirhe"]
    assert made.origins["replaced_id"] == "record document.replaces"


def test_a_version_of_no_set_is_held():
    assert ("set_id", "missing") in reasons(material.plain_case(version=2))


def test_joint_documents_name_every_client():
    other = {"identity_code": OTHER_PERSON, "first_names": "Otto", "last_name": "Malli"}
    case = dataclasses.replace(material.plain_case(), clients=(material.CLIENT, other))

    for part in ("cda", "frame"):
        assert len(found(case, "//h:recordTarget", part=part)) == 2


def test_limits_of_showing_and_disclosing_stand_in_the_header():
    case = material.plain_case(withholding_reason="1", restriction_reason="Salainen\nsyy")

    assert found(case, "//s:inaccessibleArgument/@code") == ["1"]
    assert found(case, "//s:authorizationRestrictionArgument/text()") == ["Salainen syy"]


class Named(Codes):
    """Code lists in which every code has a name."""

    def find(self, name):
        listed = super().find(name)
        if listed is None:
            return None
        names = pl.col("name_fi").replace("", None).fill_null("Nimi")
        frame = listed.frame.with_columns(names)
        return dataclasses.replace(listed, frame=frame)


def test_disclosure_to_guardians_needs_the_name_of_its_code():
    case = material.plain_case(guardian_disclosure="1")
    assert reasons(case) == {("guardian_disclosure", "no-name")}

    named = Maker(material.ground(codes=Named()))
    assert found(case, "//h:consent/h:code/@code", named) == ["1"]
    assert found(case, "//h:consent/h:statusCode/@code", named) == ["completed"]


def test_a_code_that_is_not_known_for_sure_needs_the_organisations_word():
    held = reasons(material.plain_case(), with_settings(checked=()))

    assert held == {("general_type", "uncertain-code")}


def test_a_sex_whose_number_is_not_known_is_left_out():
    told = "//h:administrativeGenderCode/@displayName"
    assert found(material.plain_case(), told) == ["Mies"]

    woman = material.CLIENT | {"identity_code": OTHER_PERSON}
    assert found(dataclasses.replace(material.plain_case(), clients=(woman,)), told) == []


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"document_id": "A-1"}, ("document_id", "form")),
        ({"service_task": "99"}, ("service_task", "unknown-code")),
        ({"service_process": "77"}, ("service_process", "unknown-code")),
        ({"matter_id": "no OID"}, ("matter_id", "form")),
        ({"authored": "eilen"}, ("authored", "form")),
        ({"language": "en"}, ("language", "form")),
        ({"restriction_reason": "a\x01"}, ("restriction_reason", "illegal")),
        ({"structure": "1.2.246.537.6.1506.99999.2024.11.28"},
         ("content_specification", "unknown-structure")),
        ({"structure": "1.2.246.537.6.1506.11049.2023.12.1"}, ("body", "other-structure")),
    ],
)  # fmt: skip
def test_what_cannot_be_written_holds_the_document(changes, held):
    assert held in reasons(material.plain_case(**changes))


def test_a_structure_that_is_no_longer_in_force_holds_the_document():
    versions = material.ground().structures.versions()
    ended = versions.filter(versions["valid_to"].is_not_null())
    oid, end = ended["oid"][0], ended["valid_to"][0]
    before = material.case(oid, authored=f"{end - dt.timedelta(days=1)}T09:00:00+02:00")
    after = material.case(oid, authored=f"{end}T09:00:00+02:00")

    held = ("content_specification", "expired-structure")
    assert held in reasons(after)
    made = MAKER.make(before)
    assert isinstance(made, Built) or held not in made


def test_a_day_without_a_time_needs_the_setting():
    case = material.plain_case(authored="2026-03-04")
    assert found(case, "/*/h:effectiveTime/@value") == ["20260304120000+0200"]

    assert ("authored", "no-time") in reasons(case, with_settings(time_of_day=""))


def test_missing_settings_are_told_all_at_once():
    bare = msgspec.structs.replace(
        material.settings(), archive=type(material.settings().archive)()
    )

    with pytest.raises(MissingSettingsError) as error:
        material.ground(bare).require()
    told = str(error.value)
    for name in ("archive.receiver", "archive.message_root", "archive.performer.identity_code",
                 "archive.operating.oid", "archive.moderator"):  # fmt: skip
        assert name in told
    assert "organisation" not in told
    material.ground().require()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a":1,"a":2}', b"\xff"])
def test_damaged_bodies_hold_the_document(content):
    case = dataclasses.replace(material.plain_case(), content=content)

    assert reasons(case) <= {("body", "no-file"), ("body", "damaged")}


def big(size):
    tree = material.put_matter(sample(material.DECISION, "all"), material.MATTER)
    next(iter(tree.values()))["paatos"]["ratkaisu_ja_perustelut"] = "Päätös. " * (size // 9)
    return material.case(material.DECISION, tree=tree)


def test_long_texts_are_built_and_too_long_ones_are_held():
    built = MAKER.make(big(8 << 20))
    assert isinstance(built, Built)

    assert reasons(big(20 << 20)) == {("body", "too-large")}


def test_characters_that_xml_does_not_allow_hold_the_document():
    tree = material.put_matter(sample(material.DECISION, "all"), material.MATTER)
    next(iter(tree.values()))["paatos"]["ratkaisu_ja_perustelut"] = "a\x0b"

    assert reasons(material.case(material.DECISION, tree=tree)) == {("view", "illegal")}


def pdf(*, claim=True, password=""):
    """Return a small PDF, with or without the claim to be PDF/A."""
    stream = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        with made.open_metadata() as metadata:
            if claim:
                metadata["pdfaid:part"], metadata["pdfaid:conformance"] = "2", "B"
        lock = pikepdf.Encryption(owner=password, user="") if password else False
        made.save(stream, encryption=lock, static_id=not password)
    return stream.getvalue()


def pdf_case(content, **changes):
    document = dict(material.plain_case(document_type="11018", **changes).document)
    document |= {"structure": "", "service_task": "24"}
    return Case("a", 1, document, b"", content, (material.CLIENT,), material.WRITER)


def test_a_pdf_main_document_needs_the_code_of_its_format(monkeypatch):
    monkeypatch.setattr(pdfs, "validator", lambda: None)
    assert reasons(pdf_case(pdf())) == {("view_format", "missing")}

    known = with_settings(pdf_format="2")
    assert found(pdf_case(pdf()), "//h:text/@mediaType", known) == ["application/pdf"]
    assert found(pdf_case(pdf()), "//s:json", known) == []
    assert found(pdf_case(pdf()), "//s:structuredFileFormat", known) == []
    assert found(pdf_case(pdf()), "//s:specificDocumentType/@code", known) == ["11018"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(claim=False), "pdf-no-claim"),
        (pdf(password="x"), "pdf-broken"),
        (b"%PDF-1.7\nno more", "pdf-broken"),
        (b"no PDF", "pdf-broken"),
    ],
)
def test_a_pdf_that_is_no_pdf_a_holds_the_document(content, reason):
    assert reasons(pdf_case(content)) == {("view", reason)}


@pytest.mark.parametrize(
    ("answer", "reason"), [("PASS a.pdf", None), ("FAIL a.pdf", "pdf-refused")]
)
def test_verapdf_is_asked_when_it_is_installed(answer, reason, tmp_path, monkeypatch):
    program = tmp_path / "verapdf"
    program.write_text(f"#!/bin/sh\necho '{answer}'\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdfs, "validator", lambda: str(program))

    assert pdfs.fault(pdf()) == (reason or "")


def test_verapdf_that_cannot_run_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(pdfs, "validator", lambda: str(tmp_path / "none"))

    assert pdfs.fault(pdf()) == "pdf-not-judged"


def test_built_documents_that_break_a_rule_are_held():
    other = material.CLIENT | {"last_name": "Toinen"}
    case = dataclasses.replace(material.plain_case(), clients=(other,))

    assert reasons(case) == {("MD018", "rule")}


def test_provenance_tells_sources_and_no_value():
    origins = BARE.make(material.case()).origins

    assert origins["client_identity"] == "record body.client.identity_code"
    assert origins["service_process"] == "mapping service_process"
    assert origins["receiver"] == "settings archive.receiver"
    every = {str(source) for one in fields().values() for source in one.origins}
    assert {
        told.replace("record body.client", "record client") for told in origins.values()
    } <= every
    assert Fault("a", "missing") not in origins


def test_bodies_without_clients_and_clients_without_codes_are_held():
    tree = orjson.loads(material.plain_case().content)
    next(iter(tree.values()))["asiakas"] = []
    nobody = dataclasses.replace(material.case(material.DECISION, tree=tree), clients=())
    assert ("client_identity", "missing") in reasons(nobody)

    child = {"first_names": "A", "last_name": "B", "birth_date": "2020-01-01"}
    case = dataclasses.replace(material.plain_case(), clients=(child,))
    assert ("client_identity", "missing") in reasons(case)


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"version": "0"}, ("version", "form")),
        ({"version": "x"}, ("version", "form")),
        ({"document_id": f"1.{'1' * 70}"}, ("document_id", "form")),
        ({"authored": 5}, ("authored", "form")),
        ({"correction_reason": "  "}, ("correction_reason", "missing")),
    ],
)
def test_values_of_another_form_hold_the_document(changes, held):
    assert held in reasons(material.plain_case(**changes), BARE)


def test_times_without_a_zone_are_those_of_finland():
    for told in (dt.datetime(2026, 3, 1, 8, 0), "2026-03-01T08:00:00"):  # noqa: DTZ001 - without a zone
        case = material.plain_case(authored=told)
        assert found(case, "/*/h:effectiveTime/@value") == ["20260301080000+0200"]


@pytest.mark.parametrize("birth", ["x", 5])
def test_a_day_of_birth_that_is_none_holds_the_document(birth):
    client = material.CLIENT | {"birth_date": birth}
    case = dataclasses.replace(material.plain_case(), clients=(client,))

    assert reasons(case, BARE) == {("client_birth", "form")}


def test_a_day_of_birth_may_be_a_date():
    client = material.CLIENT | {"birth_date": dt.date(1990, 1, 10)}
    case = dataclasses.replace(material.plain_case(), clients=(client,))

    assert found(case, "//h:patient/h:birthTime/@value") == ["19900110"]


def test_settings_of_another_form_hold_every_document():
    assert reasons(material.plain_case(), with_settings(receiver="x")) == {("receiver", "form")}


def test_a_logo_and_lines_stand_in_the_view(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    archive = msgspec.structs.replace(
        material.settings().archive, logo="logo.png", logo_text="Vaakuna", footer=("Rivi",)
    )
    told = msgspec.structs.replace(material.settings(), archive=archive)
    ground = Ground(told, Codes(), Structures(), material.AT, tmp_path)
    view = base64.b64decode(found(material.plain_case(), "//h:text/text()", Maker(ground))[0])

    assert b'alt="Vaakuna"' in view
    assert b"Rivi" in view
    assert isinstance(Maker(ground, Means()).make(material.plain_case()), Built)
