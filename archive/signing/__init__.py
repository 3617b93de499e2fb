"""Signing archive documents and verifying what was signed.

==============  =============================================================================
module          holds
==============  =============================================================================
form            names, identifiers and codes of a signature in an archive document
keys            key and certificates from PKCS#12 or PEM
making          putting a signature into a document
certificates    whether a certificate could be trusted at a time
verifying       whether the signatures of a document hold, and whether they cover what they should
==============  =============================================================================

The signatures are XML-DSig as seen in archive documents, not XAdES.  Time is always passed in.
"""

from kirjaamo.archive.signing.certificates import Trust, read_certificates
from kirjaamo.archive.signing.form import SignatureKind
from kirjaamo.archive.signing.keys import Key, read_key
from kirjaamo.archive.signing.making import Signer, sign
from kirjaamo.archive.signing.verifying import FAULTS, verify

__all__ = [
    "FAULTS",
    "Key",
    "SignatureKind",
    "Signer",
    "Trust",
    "read_certificates",
    "read_key",
    "sign",
    "verify",
]
