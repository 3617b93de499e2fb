"""What can stop a signing, one class each."""

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_


class NoKeyError(KirjaamoError):
    """A file holds no usable key with its certificate."""

    sentence = N_(
        "{path} cannot be used to sign: {reason}. Give a PKCS#12 file, or a PEM file with the "
        "private key and its certificate. Nothing was signed."
    )


class WrongPasswordError(KirjaamoError):
    """The password of a key is wrong or missing."""

    sentence = N_(
        "The password of the key in {path} is wrong or missing. Nothing was signed; set it in "
        "the environment, in a file, or type it when asked."
    )


class CertificateDatesError(KirjaamoError):
    """A certificate is not valid at the time of signing."""

    sentence = N_(
        "The certificate is valid from {first} to {last}, not at the time of signing {at}. "
        "Nothing was signed."
    )


class NoDocumentError(KirjaamoError):
    """What was to be signed is not an archive document that can be signed."""

    sentence = N_("{place} cannot be signed: {reason}. Nothing was signed.")


class NoCertificateError(KirjaamoError):
    """A file of trusted certificates holds none."""

    sentence = N_("{path} holds no certificate in PEM or DER form.")
