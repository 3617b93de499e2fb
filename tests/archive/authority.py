"""A certificate authority made on the fly, and small archive documents to sign."""

import base64
import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

FIRST, LAST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2035, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Issued:
    """A key with its certificate."""

    private: rsa.RSAPrivateKey
    certificate: x509.Certificate


def issue(  # noqa: PLR0913 - what a certificate says, each by name
    name, above=None, *, ca=False, first=FIRST, last=LAST, sign=True, bits=2048
):
    """Return a certificate, signed by *above* or by itself."""
    private = rsa.generate_private_key(65537, bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = above.certificate.subject if above else subject
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "crl_sign", "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder(issuer, subject, private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=sign, key_cert_sign=ca, **usage), critical=True
        )
        .sign(above.private if above else private, SHA256())
    )
    return Issued(private, certificate)


def document(number=1, text="Sama", header=""):
    """Return a small archive document: what a signature needs of one."""
    oid = f"1.2.246.10.90000011.95.2026.{number}"
    view = base64.b64encode(f"<div>{text} {number}</div>".encode()).decode()
    body = base64.b64encode(f'{{"a":{{"b":"{text}"}}}}'.encode()).decode()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:hl7fi="urn:hl7finland">
<id root="{oid}"/><setId root="{oid}"/><versionNumber value="1"/>{header}
<hl7fi:localSocialHeader><hl7fi:recordStatus code="3"/></hl7fi:localSocialHeader>
<component><nonXMLBody ID="OID{oid}">
<text mediaType="application/xhtml+xml" representation="B64">{view}</text>
<hl7fi:json>{body}</hl7fi:json></nonXMLBody></component>
</ClinicalDocument>
""".encode()


def frame(number=1):
    """Return the small frame of a small document."""
    oid = f"1.2.246.10.90000011.95.2026.{number}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<RCMR_IN200002FI01 xmlns="urn:hl7-org:v3" ITSVersion="XML_1.0"><controlActProcess>
<subject><clinicalDocument><id root="{oid}"/></clinicalDocument></subject>
</controlActProcess></RCMR_IN200002FI01>
""".encode()
