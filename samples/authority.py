"""A throw-away certificate authority for demonstrations: nobody should trust it.

Its keys live as long as the process that made them.
"""

import datetime as dt
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

NAME = "Kirjaamo demonstration, do not trust"
VALID = dt.timedelta(days=2)
BITS = 2048
_NO = (
    "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign",
    "encipher_only", "decipher_only",
)  # fmt: skip


class Seal(NamedTuple):
    """A key that seals, its certificate, and that of the authority above it."""

    private: rsa.RSAPrivateKey
    certificate: x509.Certificate
    authority: x509.Certificate


def seal(at: dt.datetime) -> Seal:
    """Return a new seal that is valid for a day before and after *at*."""
    top, key = (rsa.generate_private_key(65537, BITS) for _ in range(2))
    authority = _certificate(f"{NAME}: authority", top, top, None, at)
    return Seal(key, _certificate(f"{NAME}: seal", key, top, authority, at), authority)


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    by: rsa.RSAPrivateKey,
    above: x509.Certificate | None,
    at: dt.datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(_NO, False)
    is_authority = above is None
    return (
        x509.CertificateBuilder(
            subject if above is None else above.subject, subject, key.public_key()
        )
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - VALID / 2)
        .not_valid_after(at + VALID / 2)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=is_authority, **usage),
            critical=True,
        )
        .sign(by, SHA256())
    )
