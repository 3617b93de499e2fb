"""Whether a certificate could be trusted at a time: dates, use, and a chain to a trusted one.

Revocation is not asked about: that would need the network, and lists of the time in question.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from kirjaamo.archive.signing.errors import NoCertificateError
from kirjaamo.errors import SettingsError
from kirjaamo.files import why

DEEPEST = 6
"""Most certificates in a chain."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe.

    Attributes:
        roots: Certificates that are trusted by themselves.
        others: Certificates that may stand between; each must be signed by a trusted one.
    """

    roots: tuple[x509.Certificate, ...]
    others: tuple[x509.Certificate, ...] = ()

    def fault(self, leaf: x509.Certificate, at: dt.datetime) -> str:
        """Return why a signer's certificate cannot be trusted at a time, or "".

        The answer is a word of `verifying.FAULTS`: ``expired``, ``usage`` or ``chain``.
        """
        if not _is_valid(leaf, at):
            return "expired"
        if not _may_sign(leaf):
            return "usage"
        return "" if self._leads(leaf, at, DEEPEST) else "chain"

    def _leads(self, certificate: x509.Certificate, at: dt.datetime, steps: int) -> bool:
        """Return whether a chain of valid certificates leads to a trusted one."""
        if certificate in self.roots:
            return True
        if not steps:
            return False
        above = (c for c in (*self.roots, *self.others) if _issued(c, certificate))
        return any(_is_valid(c, at) and self._leads(c, at, steps - 1) for c in above)


def read_certificates(paths: Sequence[Path]) -> tuple[x509.Certificate, ...]:
    """Return the certificates in PEM or DER files.

    Raises:
        SettingsError: A file cannot be read.
        NoCertificateError: A file holds none.
    """
    return tuple(found for path in paths for found in _read(path))


def _read(path: Path) -> list[x509.Certificate]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError:
        raise NoCertificateError(path=path) from None


def _is_valid(certificate: x509.Certificate, at: dt.datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _issued(above: x509.Certificate, below: x509.Certificate) -> bool:
    """Return whether *above* is an authority and signed *below*."""
    try:
        authority = above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        below.verify_directly_issued_by(above)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return authority and _usage(above, "key_cert_sign")


def _may_sign(leaf: x509.Certificate) -> bool:
    """Return whether a certificate is for an RSA key that may sign documents."""
    if not isinstance(leaf.public_key(), RSAPublicKey):
        return False
    return _usage(leaf, "digital_signature") or _usage(leaf, "content_commitment")


def _usage(certificate: x509.Certificate, name: str) -> bool:
    """Return whether a use is allowed; where nothing is told, every use is."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return bool(getattr(usage, name))
