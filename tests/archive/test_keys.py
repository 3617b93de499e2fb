"""Keys: PKCS#12 and PEM, with and without password."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from kirjaamo.archive.signing import read_certificates, read_key
from kirjaamo.archive.signing.errors import NoCertificateError, NoKeyError, WrongPasswordError
from kirjaamo.errors import SettingsError

SECRET = BestAvailableEncryption(b"salasana")


def as_pem(key, hiding):
    private = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hiding)
    return private + key.certificate.public_bytes(Encoding.PEM)


def as_pkcs12(key, hiding, others=None):
    return pkcs12.serialize_key_and_certificates(
        b"seal", key.private, key.certificate, others, hiding
    )


@pytest.mark.parametrize("made", [as_pem, as_pkcs12])
@pytest.mark.parametrize(
    ("hiding", "password"), [(SECRET, b"salasana"), (NoEncryption(), None)]
)
def test_a_key_is_read_with_its_certificate(tmp_path, seal, made, hiding, password):
    (tmp_path / "key").write_bytes(made(seal, hiding))

    found = read_key(tmp_path / "key", password)

    assert found.certificate == seal.certificate
    assert found.private.private_numbers() == seal.private.private_numbers()


def test_certificates_above_come_along(tmp_path, professional, between):
    content = as_pkcs12(professional, SECRET, [between.certificate])
    (tmp_path / "key.p12").write_bytes(content)

    assert read_key(tmp_path / "key.p12", b"salasana").chain == (between.certificate,)


def test_a_password_that_is_not_needed_does_no_harm(tmp_path, seal):
    (tmp_path / "key.pem").write_bytes(as_pem(seal, NoEncryption()))

    assert read_key(tmp_path / "key.pem", b"anything").certificate == seal.certificate


@pytest.mark.parametrize("made", [as_pem, as_pkcs12])
@pytest.mark.parametrize("password", [b"wrong", None])
def test_a_wrong_or_missing_password_is_told_without_it(tmp_path, seal, made, password):
    (tmp_path / "key").write_bytes(made(seal, SECRET))

    with pytest.raises(WrongPasswordError) as told:
        read_key(tmp_path / "key", password)
    assert "wrong or missing" in str(told.value)
    assert "wrong'" not in repr(told.value)


def test_what_is_no_key_is_told(tmp_path, seal, authority):
    elliptic = ec.generate_private_key(ec.SECP256R1())
    short = rsa.generate_private_key(65537, 1024)
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificate = seal.certificate.public_bytes(Encoding.PEM)
    other = authority.certificate.public_bytes(Encoding.PEM)
    for content, reason in (
        (b"nothing", "neither PKCS#12 nor PEM"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be read"),
        (certificate, "cannot be read"),
        (seal.private.private_bytes(*plain), "not have the certificate"),
        (seal.private.private_bytes(*plain) + other, "not have the certificate"),
        (elliptic.private_bytes(*plain) + certificate, "no RSA key"),
        (short.private_bytes(*plain) + certificate, "no RSA key of at least 2048 bits"),
    ):
        (tmp_path / "key").write_bytes(content)
        with pytest.raises(NoKeyError, match=reason):
            read_key(tmp_path / "key")
    with pytest.raises(SettingsError):
        read_key(tmp_path / "none")


def test_certificates_are_read_in_both_forms(tmp_path, authority, between):
    (tmp_path / "a.pem").write_bytes(
        authority.certificate.public_bytes(Encoding.PEM)
        + between.certificate.public_bytes(Encoding.PEM)
    )
    (tmp_path / "b.cer").write_bytes(authority.certificate.public_bytes(Encoding.DER))
    (tmp_path / "c.cer").write_bytes(b"nothing")

    found = read_certificates([tmp_path / "a.pem", tmp_path / "b.cer"])

    assert found == (authority.certificate, between.certificate, authority.certificate)
    with pytest.raises(NoCertificateError):
        read_certificates([tmp_path / "c.cer"])
    with pytest.raises(SettingsError):
        read_certificates([tmp_path / "d.cer"])
