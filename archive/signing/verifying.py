"""Verifying the signatures of an archive document.

A signature that holds proves nothing if it covers something else than a reader sees (signature
wrapping).  So every signature is first made to fit the one form that is known: where it stands,
what it refers to, that each identifier stands once in the whole document, and that the body
which is signed is the body of the document.  Only then is it computed.
"""

import datetime as dt
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from kirjaamo.archive.signing import form
from kirjaamo.archive.signing.certificates import Trust
from kirjaamo.archive.signing.form import DS, SOCIAL, SignatureKind
from kirjaamo.messages import N_

FAULTS: Mapping[str, str] = {
    "xml": N_("it is no XML document without document type, or too large"),
    "root": N_("it is no archive document with one body and one social header"),
    "unsigned": N_("it has no signature"),
    "identifier": N_("an identifier stands in it more than once"),
    "form": N_("a signature does not have the known form"),
    "coverage": N_("a signature does not cover the body of the document and its own time"),
    "method": N_("a signature uses a method that is not allowed"),
    "value": N_("what is signed was changed, or the signature is broken"),
    "certificate": N_("the certificate of a signature cannot be read"),
    "expired": N_("a certificate was not valid at the time of its signature"),
    "usage": N_("a certificate may not sign documents"),
    "chain": N_("a certificate does not lead to a trusted one"),
    "future": N_("a signature is of a later time than now"),
}
"""What can be wrong with a signed document: word to sentence."""

_ID = re.compile(r"(?i)(xml:)?id")
_KINDS = {str(kind) for kind in SignatureKind}


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a document gave.

    Attributes:
        faults: Words of `FAULTS`, in the order found; none when every signature holds.
        kinds: Codes of the kinds of signatures, in the order of the document.
        certificates: SHA-256 of the signers' certificates; names of people are not told.
    """

    faults: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()


class _Broken(Exception):  # noqa: N818 - becomes a fault
    """Holds a word of `FAULTS`."""


def verify(document: bytes, trust: Trust, *, now: dt.datetime) -> Verified:
    """Return whether every signature of a document holds.

    Args:
        document: The bytes of the document.
        trust: Whom to believe.
        now: No signature may be later.
    """
    root = form.parse(document)
    if root is None:
        return Verified(("xml",))
    try:
        signatures = list(_signatures(root))
    except _Broken as broken:
        return Verified((str(broken),))
    faults: list[str] = []
    kinds, certificates = [], []
    for place, signature in enumerate(signatures, start=1):
        try:
            certificate = _hold(root, signature, place, trust, now)
        except _Broken as broken:
            faults.append(str(broken))
            continue
        kinds.append(_kind(signature))
        certificates.append(certificate.fingerprint(SHA256()).hex())
    return Verified(tuple(faults), tuple(kinds), tuple(certificates))


def _signatures(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the signatures of a document whose frame is as it must be."""
    if root.tag != f"{form.HL7}ClinicalDocument" or not form.document_oid(root):
        raise _Broken("root")
    every = root.findall(f".//{form.HL7}nonXMLBody")
    if (
        every != root.findall(form.BODY)
        or len(every) != 1
        or len(root.findall(form.HEADER)) != 1
    ):
        raise _Broken("root")
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        for name, value in element.items():
            if _ID.fullmatch(etree.QName(name).localname):
                if str(value) in seen:
                    raise _Broken("identifier")
                seen.add(str(value))
    found = root.findall(f"{form.HEADER}/{form.COLLECTION}/*")
    if not found:
        raise _Broken("unsigned")
    if len(root.findall(f".//{DS}Signature")) != len(found):
        raise _Broken("form")
    yield from found


def _hold(
    root: etree._Element, signature: etree._Element, place: int, trust: Trust, now: dt.datetime
) -> x509.Certificate:
    """Return the certificate of a signature that holds.

    Raises:
        _Broken: It does not.
    """
    time, value = _parts(signature)
    _cover(root, signature, value)
    at = form.read_instant((time.text or "").strip())
    if at is None:
        raise _Broken("form")
    if at > now:
        raise _Broken("future")
    certificate = _certificate(value)
    fault = trust.fault(certificate, at)
    if fault:
        raise _Broken(fault)
    _compute(root, place, certificate, at)
    return certificate


def _parts(signature: etree._Element) -> tuple[etree._Element, etree._Element]:
    """Return the time and the XML-DSig value of a signature that has the known form."""
    tags = [child.tag for child in signature]
    wanted = [f"{SOCIAL}signatureDescription", form.TIMESTAMP, f"{DS}Signature"]
    if signature.tag != form.SIGNATURE or tags != wanted:
        raise _Broken("form")
    kind, time, value = signature
    is_known = kind.get("codeSystem") == form.KIND_SYSTEM and kind.get("code") in _KINDS
    if (
        not is_known
        or time.get("ID") != form.timestamp_id(signature.get("ID", ""))
        or len(time)
    ):
        raise _Broken("form")
    return time, value


def _kind(signature: etree._Element) -> str:
    return signature[0].get("code", "")


def _cover(root: etree._Element, signature: etree._Element, value: etree._Element) -> None:
    """Refuse a value whose references or methods are others than the known ones."""
    info = value.find(f"{DS}SignedInfo")
    if info is None:
        raise _Broken("form")
    body = root.find(form.BODY)
    wanted = {f"#{form.body_id(root)}", f"#{form.timestamp_id(signature.get('ID', ''))}"}
    references = info.findall(f"{DS}Reference")
    told = [reference.get("URI") for reference in references]
    is_body = body is not None and body.get("ID") == form.body_id(root)
    if not is_body or sorted(map(str, told)) != sorted(wanted):
        raise _Broken("coverage")
    methods = [
        info.find(f"{DS}{name}") for name in ("CanonicalizationMethod", "SignatureMethod")
    ]
    used = [method.get("Algorithm") if method is not None else None for method in methods]
    if used != [form.CANONICAL, form.RSA_SHA256] or not all(map(_is_plain, references)):
        raise _Broken("method")
    if len(info) != len(methods) + len(references) or any(
        len(m) for m in methods if m is not None
    ):
        raise _Broken("form")


def _is_plain(reference: etree._Element) -> bool:
    """Return whether a reference is digested whole, by the known methods."""
    steps = reference.findall(f"{DS}Transforms/{DS}Transform")
    names = [step.get("Algorithm") for step in steps]
    digest = reference.find(f"{DS}DigestMethod")
    is_known = names in ([form.CANONICAL], [form.ENVELOPED, form.CANONICAL])
    is_whole = not any(len(step) for step in steps)
    return (
        is_known and is_whole and digest is not None and digest.get("Algorithm") == form.SHA256
    )


def _certificate(value: etree._Element) -> x509.Certificate:
    found = value.findall(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate")
    if len(found) != 1 or len(value.findall(f"{DS}KeyInfo/*")) != 1:
        raise _Broken("form")
    try:
        return x509.load_der_x509_certificate(b64decode(found[0].text or ""))
    except ValueError:
        raise _Broken("certificate") from None


def _compute(
    root: etree._Element, place: int, certificate: x509.Certificate, at: dt.datetime
) -> None:
    """Compute digests and signature value with the certificate's key."""
    steps = (form.HEADER, form.COLLECTION, f"{form.SIGNATURE}[{place}]")
    config = SignatureConfiguration(
        location="./" + "/".join(steps) + "/",
        expect_references=2,
        signature_methods=frozenset({SignatureMethod.RSA_SHA256}),
        digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
        verification_time=at,
    )
    try:
        XMLVerifier().verify(
            root,
            x509_cert=certificate,
            id_attribute="ID",
            expect_config=config,
            parser=form.parser(),
        )
    except (SignXMLException, ValueError, TypeError, etree.LxmlError):
        raise _Broken("value") from None
