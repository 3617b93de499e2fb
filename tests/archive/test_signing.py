"""Signatures: what they look like, and that others agree with them."""

import base64
import datetime as dt
import hashlib
import uuid

import pytest
from lxml import etree

from kirjaamo.archive.signing import SignatureKind, Signer, form, sign, verify
from kirjaamo.archive.signing.errors import CertificateDatesError, NoDocumentError
from tests.archive.authority import document

DS, SOCIAL = form.DS, form.SOCIAL
SIGNER = Signer("98765432101", "Aino", "Koe")


def sealed(seal, at, number=1, **facts):
    return sign(document(number, **facts), seal, kind=SignatureKind.SYSTEM, at=at)


def test_a_signature_has_the_national_form(seal, at):
    root = etree.fromstring(sealed(seal, at))
    (signature,) = root.findall(f"{form.HEADER}/{form.COLLECTION}/{form.SIGNATURE}")
    kind, time, value = signature
    info = value.find(f"{DS}SignedInfo")

    assert signature.get("ID").startswith("sig_")
    assert str(uuid.UUID(signature.get("ID")[4:])) == signature.get("ID")[4:]
    assert dict(kind.items()) == {
        "code": "3",
        "codeSystem": "1.2.246.537.5.40127.2006",
        "codeSystemName": "KanTa-palvelut - Sähköisen allekirjoituksen tyyppi",
        "displayName": "Järjestelmäallekirjoitus",
    }
    assert time.get("ID") == f"CDA-timestamp.{signature.get('ID')}"
    assert time.text == "2026-03-05T07:20:00.000Z"
    assert info[0].get("Algorithm") == "http://www.w3.org/2001/10/xml-exc-c14n#"
    assert info[1].get("Algorithm") == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    assert [each.get("URI") for each in info[2:]] == [
        f"#{root.find(form.BODY).get('ID')}",
        f"#{time.get('ID')}",
    ]
    for reference in info[2:]:
        (step,) = reference.findall(f"{DS}Transforms/{DS}Transform")
        assert step.get("Algorithm") == "http://www.w3.org/2001/10/xml-exc-c14n#"
        method = reference.find(f"{DS}DigestMethod").get("Algorithm")
        assert method == "http://www.w3.org/2001/04/xmlenc#sha256"
    certificate = value.findtext(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate")
    assert base64.b64decode(certificate)


def test_the_digests_are_those_of_the_canonical_parts(seal, at):
    root = etree.fromstring(sealed(seal, at))
    signature = root.find(f".//{form.SIGNATURE}")
    digests = [each.text for each in signature.iter(f"{DS}DigestValue")]
    parts = [root.find(form.BODY), signature.find(form.TIMESTAMP)]

    found = [etree.tostring(part, method="c14n", exclusive=True) for part in parts]

    assert digests == [base64.b64encode(hashlib.sha256(p).digest()).decode() for p in found]


def test_signing_changes_nothing_else_and_is_the_same_every_time(seal, at):
    before, after = document(), sealed(seal, at)
    root = etree.fromstring(after)
    header = root.find(form.HEADER)
    header.remove(header.find(form.COLLECTION))

    assert after == sealed(seal, at)
    assert b"\r" not in after
    assert after.count(b"<?xml") == 1
    assert etree.canonicalize(root) == etree.canonicalize(etree.fromstring(before))


def test_several_signatures_stand_side_by_side(seal, professional, trust, at):
    later = at + dt.timedelta(minutes=1)
    once = sealed(seal, at)
    twice = sign(once, professional, kind=SignatureKind.PROFESSIONAL, at=later, signer=SIGNER)
    found = verify(twice, trust, now=later)
    header = etree.fromstring(twice).find(form.HEADER)

    assert found.faults == ()
    assert found.kinds == ("3", "1")
    assert [etree.QName(child).localname for child in header] == [
        "recordStatus",
        "signature",
        "signatureCollection",
    ]
    told = header.find(form.SIGNATURE)
    assert told.findtext(f"{SOCIAL}assignedAuthorSigner") == SIGNER.registration
    assert told.findtext(f"{SOCIAL}signer/{SOCIAL}name/{SOCIAL}family") == SIGNER.family
    assert told.find(f"{SOCIAL}authenticationMethod").get("code") == "1"
    assert told.find(f"{SOCIAL}time").get("value") == "20260305092100+0200"


def test_an_independent_implementation_agrees(seal, professional, at):
    """Two hundred documents, verified by xmlsec with the certificate's key alone."""
    import xmlsec

    for number in range(100):
        once = sealed(seal, at, number)
        for content in (once, sign(once, professional, kind=SignatureKind.PROFESSIONAL, at=at)):
            root = etree.fromstring(content)
            xmlsec.tree.add_ids(root, ["ID"])
            for node in root.iter(f"{DS}Signature"):
                context = xmlsec.SignatureContext()
                text = node.findtext(f".//{DS}X509Certificate")
                der = base64.b64decode(text)
                context.key = xmlsec.Key.from_memory(der, xmlsec.KeyFormat.CERT_DER)
                context.verify(node)


def test_an_expired_certificate_does_not_sign(seal):
    for year in (2019, 2036):
        moment = dt.datetime(year, 5, 1, tzinfo=dt.UTC)
        with pytest.raises(CertificateDatesError, match="valid from 2020-01-01 to 2035-01-01"):
            sealed(seal, moment)


@pytest.mark.parametrize(
    ("content", "reason"),
    {
        "no xml": (b"<a", "no XML document"),
        "a document type": (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "no XML document"),
        "another root": (b"<a/>", "root is not ClinicalDocument"),
        "no body": (
            document().replace(b"nonXMLBody", b"structuredBody"),
            "not exactly one body",
        ),
        "a body of another document": (
            document().replace(b'ID="OID1.2', b'ID="OID1.3'),
            "not exactly one body",
        ),
        "no social header": (
            document().replace(b"localSocialHeader", b"localHeader"),
            "not exactly one social header",
        ),
    }.values(),
)
def test_what_is_no_archive_document_is_not_signed(seal, at, content, reason):
    with pytest.raises(NoDocumentError, match=reason):
        sign(content, seal, kind=SignatureKind.SYSTEM, at=at)


def test_the_same_signature_is_not_made_twice(seal, at):
    with pytest.raises(NoDocumentError, match="signature of this key and time already"):
        sign(sealed(seal, at), seal, kind=SignatureKind.SYSTEM, at=at)


def test_a_long_text_can_be_signed(seal, trust, at):
    long = sealed(seal, at, text="x" * (12 << 20))

    assert verify(long, trust, now=at).faults == ()
