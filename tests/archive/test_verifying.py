"""Verifying: what must not pass."""

import datetime as dt
from copy import deepcopy
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kirjaamo.archive.signing import FAULTS, Key, SignatureKind, Trust, form, sign, verify
from tests.archive.authority import document, issue
from tests.archive.conftest import AT

DS, SOCIAL, HL7 = form.DS, form.SOCIAL, form.HL7


@pytest.fixture(scope="module")
def signed(seal):
    """Return a sealed document."""
    return sign(document(), seal, kind=SignatureKind.SYSTEM, at=AT)


def edited(signed, edit):
    root = etree.fromstring(signed)
    edit(root)
    return form.serialised(root)


def found(root, path):
    (element,) = root.findall(path)
    return element


def change_body(root):
    text = found(root, f"{form.BODY}/{HL7}text")
    text.text = text.text.swapcase()


def change_json(root):
    body = found(root, f"{form.BODY}/{SOCIAL}json")
    body.text = body.text[:-4] + "AAAA"


def change_time(root):
    found(root, f".//{form.TIMESTAMP}").text = "2026-03-05T07:21:00.000Z"


def change_document(root):
    found(root, f"{HL7}id").set("root", "1.2.246.10.90000011.95.2026.2")


def change_value(root):
    value = found(root, f".//{DS}SignatureValue")
    value.text = ("A" if value.text[0] != "A" else "B") + value.text[1:]


def empty_value(root):
    found(root, f".//{DS}SignatureValue").text = ""


def wrap_body(root):
    """Keep the signed body out of sight and show another: signature wrapping."""
    body = found(root, form.BODY)
    hidden = etree.SubElement(root, f"{HL7}component")
    hidden.append(deepcopy(body))
    found(body, f"{HL7}text").text = "T2zDpCBtdXU="


def wrap_under_header(root):
    """Move the signed body into the header and show one with another identifier."""
    body = found(root, form.BODY)
    shown = deepcopy(body)
    shown.set("ID", "OIDother")
    body.getparent().append(shown)
    found(root, form.HEADER).append(body)


def wrap_as_other_element(root):
    """Give the identifier of the body to something else as well."""
    found(root, form.HEADER).set("id", found(root, form.BODY).get("ID"))


def refer_elsewhere(root):
    found(root, f".//{DS}Reference[1]").set("URI", "")


def refer_twice_to_the_time(root):
    found(root, f".//{DS}Reference[1]").set(
        "URI", found(root, f".//{DS}Reference[2]").get("URI")
    )


def drop_reference(root):
    reference = found(root, f".//{DS}Reference[1]")
    reference.getparent().remove(reference)


def weaken_digest(root):
    for method in root.iter(f"{DS}DigestMethod"):
        method.set("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1")


def weaken_method(root):
    method = found(root, f".//{DS}SignatureMethod")
    method.set("Algorithm", "http://www.w3.org/2000/09/xmldsig#rsa-sha1")


def another_transform(root):
    step = found(root, f".//{DS}Reference[1]/{DS}Transforms/{DS}Transform")
    step.set("Algorithm", "http://www.w3.org/2000/09/xmldsig#base64")


def nested_transform(root):
    step = found(root, f".//{DS}Reference[1]/{DS}Transforms/{DS}Transform")
    etree.SubElement(step, f"{DS}XPath").text = "none"


def unknown_kind(root):
    found(root, f".//{SOCIAL}signatureDescription").set("code", "2")


def loose_signature(root):
    root.append(deepcopy(found(root, f".//{DS}Signature")))


def no_information(root):
    info = found(root, f".//{DS}SignedInfo")
    info.getparent().remove(info)


def no_certificate(root):
    data = found(root, f".//{DS}X509Data")
    data.remove(data[0])


def broken_certificate(root):
    found(root, f".//{DS}X509Certificate").text = "AAAA"


def time_without_zone(root):
    found(root, f".//{form.TIMESTAMP}").text = "2026-03-05T07:20:00"


def time_that_is_none(root):
    found(root, f".//{form.TIMESTAMP}").text = "eilen"


def late_time(root):
    found(root, f".//{form.TIMESTAMP}").text = "2026-03-06T07:20:00Z"


def drop_signature(root):
    collection = found(root, f".//{form.COLLECTION}")
    collection.remove(collection[0])


def two_headers(root):
    root.append(deepcopy(found(root, form.HEADER)))


def other_root(root):
    root.tag = f"{HL7}Other"


REFUSED = {
    change_body: "value",
    change_json: "value",
    change_time: "value",
    change_value: "value",
    empty_value: "value",
    change_document: "coverage",
    wrap_body: "root",
    wrap_under_header: "root",
    wrap_as_other_element: "identifier",
    refer_elsewhere: "coverage",
    refer_twice_to_the_time: "coverage",
    drop_reference: "coverage",
    weaken_digest: "method",
    weaken_method: "method",
    another_transform: "method",
    nested_transform: "method",
    unknown_kind: "form",
    loose_signature: "form",
    no_information: "form",
    no_certificate: "form",
    broken_certificate: "certificate",
    time_without_zone: "form",
    time_that_is_none: "form",
    late_time: "future",
    drop_signature: "unsigned",
    two_headers: "root",
    other_root: "root",
}


@pytest.mark.parametrize(
    ("edit", "fault"), REFUSED.items(), ids=[edit.__name__ for edit in REFUSED]
)
def test_an_edited_document_is_refused_with_its_reason(signed, trust, edit, fault):
    result = verify(edited(signed, edit), trust, now=AT + dt.timedelta(minutes=5))

    assert result.faults == (fault,)
    assert fault in FAULTS


def test_an_untouched_document_holds(signed, trust):
    assert verify(edited(signed, lambda root: None), trust, now=AT).faults == ()


def test_what_is_no_xml_is_refused(trust):
    for content in (b"", b"<a", b"<!DOCTYPE a []><a/>", b"\xff\xfe"):
        assert verify(content, trust, now=AT).faults == ("xml",)


def test_every_change_inside_the_signed_parts_is_found(signed, trust):
    """Each changed character of the body and of the time, one at a time."""
    start = signed.index(b"<nonXMLBody")
    end = signed.index(b"</component>")
    chance = Random(1)
    for place in chance.sample(range(start, end), 200):
        changed = bytearray(signed)
        changed[place] ^= 1 << chance.randrange(5)
        assert verify(bytes(changed), trust, now=AT).faults


def of(issued):
    return Key(issued.private, issued.certificate)


def holds(key, trust, at=AT):
    content = sign(document(), key, kind=SignatureKind.SYSTEM, at=at)
    return verify(content, trust, now=at).faults


def test_a_stranger_is_not_believed(trust):
    assert holds(of(issue("Stranger")), trust) == ("chain",)


def test_the_name_of_a_trusted_authority_is_not_enough(trust):
    false = issue("Test authority", ca=True)

    assert holds(of(issue("Test seal", false)), trust) == ("chain",)


def test_a_certificate_of_a_person_cannot_vouch_for_others(trust, professional):
    class Above:
        private, certificate = professional.private, professional.certificate

    below = issue("Below a person", Above)
    more = Trust(trust.roots, (*trust.others, professional.certificate))

    assert holds(of(below), more) == ("chain",)


def test_an_authority_must_be_valid_too(authority):
    first, last = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    old = issue("Old authority", authority, ca=True, first=first, last=last)
    trust = Trust((authority.certificate,), (old.certificate,))

    assert holds(of(issue("Below an old one", old)), trust) == ("chain",)
    assert holds(of(issue("In its time", old)), trust, at=last) == ()


def test_a_certificate_must_be_valid_when_it_signed(authority, trust, seal, signed):
    first = AT + dt.timedelta(days=1)
    late = issue("Too late", authority, first=first)
    content = sign(document(), of(late), kind=SignatureKind.SYSTEM, at=first)
    early = content.replace(b"2026-03-06T07:20", b"2026-03-05T07:20")

    assert verify(early, trust, now=first).faults == ("expired",)
    assert verify(signed, trust, now=dt.datetime(2040, 1, 1, tzinfo=dt.UTC)).faults == ()


def test_a_certificate_must_be_for_signing(authority, trust):
    assert holds(of(issue("No signer", authority, sign=False)), trust) == ("usage",)


def test_a_trusted_certificate_may_sign_itself(seal):
    assert holds(seal, Trust((seal.certificate,))) == ()


@given(st.binary(max_size=60), st.integers(0, 10_000))
def test_no_bytes_bring_down_the_verifier(signed, trust, junk, place):
    content = signed[:place] + junk + signed[place + len(junk) :]

    assert isinstance(verify(content, trust, now=AT).faults, tuple)
