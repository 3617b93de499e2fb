"""A private key with its certificate, from PKCS#12 or PEM.

A password is given to these functions by what asked for it; it never stands in a message, and
no command takes it on the command line, where other users of the machine could see it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from kirjaamo.archive.signing.errors import (
    CertificateDatesError,
    NoKeyError,
    WrongPasswordError,
)
from kirjaamo.errors import SettingsError
from kirjaamo.files import why
from kirjaamo.messages import N_, gettext

SHORTEST = 2048
"""Least bits of a key."""

_PEM = b"-----BEGIN "


@dataclass(frozen=True, slots=True)
class Key:
    """What signs.

    Attributes:
        private: The RSA key.
        certificate: Its certificate, which goes into every signature.
        chain: Certificates above it that came along; they do not go into signatures.
    """

    private: RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def check(self, at: dt.datetime) -> None:
        """Refuse a certificate that is not valid at a time.

        Raises:
            CertificateDatesError: It is not.
        """
        first, last = (
            self.certificate.not_valid_before_utc,
            self.certificate.not_valid_after_utc,
        )
        if not first <= at <= last:
            raise CertificateDatesError(first=first.date(), last=last.date(), at=at.date())


def read_key(path: Path, password: bytes | None = None) -> Key:
    """Return the key in a PKCS#12 or PEM file.

    Raises:
        SettingsError: The file cannot be read.
        WrongPasswordError: The password is wrong or missing.
        NoKeyError: It holds no RSA key of at least 2048 bits with its certificate.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
    private, certificates = (_pem if _PEM in content else _pkcs12)(content, password, path)
    if not isinstance(private, RSAPrivateKey) or private.key_size < SHORTEST:
        reason = gettext(N_("it has no RSA key of at least {bits} bits")).format(bits=SHORTEST)
        raise NoKeyError(path=path, reason=reason)
    own = [c for c in certificates if c.public_key() == private.public_key()]
    if not own:
        reason = gettext(N_("it does not have the certificate of its key"))
        raise NoKeyError(path=path, reason=reason)
    return Key(private, own[0], tuple(c for c in certificates if c is not own[0]))


def _pkcs12(
    content: bytes, password: bytes | None, path: Path
) -> tuple[object, Sequence[x509.Certificate]]:
    try:
        found = pkcs12.load_pkcs12(content, password)
    except (ValueError, UnsupportedAlgorithm) as error:
        if "password" in str(error).lower():
            raise WrongPasswordError(path=path) from None
        reason = gettext(N_("it is neither PKCS#12 nor PEM"))
        raise NoKeyError(path=path, reason=reason) from None
    first = [found.cert.certificate] if found.cert else []
    return found.key, [*first, *(other.certificate for other in found.additional_certs)]


def _pem(
    content: bytes, password: bytes | None, path: Path
) -> tuple[object, Sequence[x509.Certificate]]:
    try:
        private = load_pem_private_key(content, password)
    except TypeError:  # the library's word for a password too many or missing
        if password is not None:
            return _pem(content, None, path)
        raise WrongPasswordError(path=path) from None
    except (ValueError, UnsupportedAlgorithm) as error:
        if password is not None and "password" in str(error).lower():
            raise WrongPasswordError(path=path) from None
        reason = gettext(N_("its private key cannot be read"))
        raise NoKeyError(path=path, reason=reason) from None
    try:
        return private, x509.load_pem_x509_certificates(content)
    except ValueError:
        return private, ()
