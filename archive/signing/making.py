"""Putting a signature into an archive document.

What is signed is the body and the time, each under its identifier.  The header is not: what
finds changes there is the hash of the whole file, kept beside it (``kirjaamo.archive.packages``).
The same document, key, kind and time give the same bytes.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.signer import XMLSigner

from kirjaamo.archive.signing import form
from kirjaamo.archive.signing.errors import NoDocumentError
from kirjaamo.archive.signing.form import SOCIAL, SignatureKind
from kirjaamo.archive.signing.keys import Key
from kirjaamo.archive.view.values import FINLAND
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext

NO_XML = N_("it is no XML document without document type, or too large")
NO_ROOT = N_("its root is not ClinicalDocument")
NO_BODY = N_("it has not exactly one body with the identifier of the document")
NO_HEADER = N_("it has not exactly one social header")
TWICE = N_("it has a signature of this key and time already")


class _Maker(XMLSigner):
    """Signs documents with texts of any length that may be read at all."""

    _default_parser = form.parser()


@dataclass(frozen=True, slots=True)
class Signer:
    """The professional whose signature it is, as the header tells it to a reader.

    Attributes:
        registration: Registration number of the professional.
        given: First names.
        family: Last name.
    """

    registration: str
    given: str
    family: str


def sign(  # noqa: PLR0913 - what a signature says, each by name
    document: bytes,
    key: Key,
    *,
    kind: SignatureKind,
    at: dt.datetime,
    signer: Signer | None = None,
    place: str = "",
) -> bytes:
    """Return an archive document with one signature more.

    Args:
        document: The document; signatures that it has stay as they are.
        key: What signs.
        kind: A system's seal, or a professional's signature.
        at: When it is signed.
        signer: Who the professional is; told in the header, and not for a seal.
        place: What the document is called in an error.

    Raises:
        CertificateDatesError: The certificate is not valid at that time.
        NoDocumentError: It is no archive document that can be signed.
    """
    key.check(at)
    root = _root(document, place)
    header = _header(root, place)
    fingerprint = key.certificate.fingerprint(SHA256()).hex()
    name = uuid.uuid5(
        uuid.NAMESPACE_OID, f"{form.document_oid(root)} {fingerprint} {form.instant(at)}"
    )
    collection = _collection(header)
    if any(each.get("ID") == f"sig_{name}" for each in collection):
        raise NoDocumentError(place=place, reason=gettext(TWICE))
    if signer is not None and kind is SignatureKind.PROFESSIONAL:
        collection.addprevious(_told(signer, at))
    signature = _signature(collection, f"sig_{name}", kind, at)
    references = [f"#{form.body_id(root)}", f"#{form.timestamp_id(signature.get('ID', ''))}"]
    signature.append(_signed(root, key, references))
    return form.serialised(root)


def _signed(root: etree._Element, key: Key, references: list[str]) -> etree._Element:
    """Return the XML-DSig signature over the referenced elements of a document."""
    maker = _Maker(
        method=SignatureConstructionMethod.detached,
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    return maker.sign(
        root,
        key=key.private,
        cert=[key.certificate],
        reference_uri=references,
        id_attribute="ID",
    )


def _root(document: bytes, place: str) -> etree._Element:
    root = form.parse(document)
    if root is None:
        raise NoDocumentError(place=place, reason=gettext(NO_XML))
    return root


def _header(root: etree._Element, place: str) -> etree._Element:
    """Return the social header of a document that can be signed."""
    if root.tag != f"{form.HL7}ClinicalDocument":
        raise NoDocumentError(place=place, reason=gettext(NO_ROOT))
    bodies = root.findall(form.BODY)
    if len(bodies) != 1 or bodies[0].get("ID") != form.body_id(root):
        raise NoDocumentError(place=place, reason=gettext(NO_BODY))
    headers = root.findall(form.HEADER)
    if len(headers) != 1:
        raise NoDocumentError(place=place, reason=gettext(NO_HEADER))
    return headers[0]


def _collection(header: etree._Element) -> etree._Element:
    found = header.find(form.COLLECTION)
    return etree.SubElement(header, form.COLLECTION) if found is None else found


def _signature(
    collection: etree._Element, name: str, kind: SignatureKind, at: dt.datetime
) -> etree._Element:
    """Add a signature without its value: identifier, kind and time."""
    signature = etree.SubElement(collection, form.SIGNATURE, ID=name)
    _coded(signature, "signatureDescription", form.KIND_SYSTEM, kind)
    time = etree.SubElement(signature, form.TIMESTAMP, ID=form.timestamp_id(name))
    time.text = form.instant(at)
    return signature


def _told(signer: Signer, at: dt.datetime) -> etree._Element:
    """Return what the header tells a reader of a professional's signature."""
    told = etree.Element(f"{SOCIAL}signature")
    author = etree.SubElement(told, f"{SOCIAL}assignedAuthorSigner")
    author.text = signer.registration
    name = etree.SubElement(etree.SubElement(told, f"{SOCIAL}signer"), f"{SOCIAL}name")
    etree.SubElement(name, f"{SOCIAL}given").text = signer.given
    etree.SubElement(name, f"{SOCIAL}family").text = signer.family
    _coded(told, "authenticationMethod", form.AUTHENTICATION_SYSTEM, form.CARD)
    local = at.astimezone(FINLAND)
    etree.SubElement(told, f"{SOCIAL}time", value=f"{local:%Y%m%d%H%M%S%z}")
    return told


def _coded(parent: etree._Element, name: str, system: str, code: str) -> None:
    """Add a coded element with the names of its list and of its code."""
    listed, shown = _names(system, code)
    etree.SubElement(
        parent, f"{SOCIAL}{name}", code=code, codeSystem=system, codeSystemName=listed,
        displayName=shown,
    )  # fmt: skip


@cache
def _names(system: str, code: str) -> tuple[str, str]:
    """Return the Finnish names of a code list and of one of its codes."""
    listed = Codes().get(system)
    return listed.label.fi, listed.display(code, "fi") or ""
