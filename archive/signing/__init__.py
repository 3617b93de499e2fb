"""Signing archive documents and verifying what was signed.

==============  =============================================================================
module          holds
==============  =============================================================================
form            the names, identifiers and codes of a signature in an archive document
keys            key and certificates from PKCS#12 or PEM; passwords from outside
making          putting a signature into a document
verifying       whether signatures of a document hold, and what they cover
==============  =============================================================================
"""
