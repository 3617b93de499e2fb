"""Identifiers that Kirjaamo gives: OIDs below the organisation's own, from the source key alone.

The same record always gets the same identifier, on every machine and in every attempt; the
ledger keeps for whom each was given, and gives none to anything else.

>>> identifier("1.2.246.10.1234567", "A", "decision", "AP1")
'1.2.246.10.1234567.95.2352299983562255986'
"""

import hashlib
import re

from kirjaamo.ledger.errors import NoNodeError

DIGITS = 8
"""Bytes of the hash that become the last arc: 19 digits at most, so that 64 characters hold."""

NODE = 95
"""Arc below the organisation's OID, unless the settings say another.

Published examples of social-care documents have 95 there; each organisation decides its own."""

_ORGANISATION = re.compile(r"1\.2\.246\.10\.[1-9][0-9]{0,7}")


def root(oid: str, node: int = NODE) -> str:
    """Return the OID below which identifiers are made.

    Raises:
        NoNodeError: *oid* is no OID of a Finnish organisation.
    """
    if not _ORGANISATION.fullmatch(oid):
        raise NoNodeError
    return f"{oid}.{node}"


def identifier(oid: str, system: str, kind: str, key: str, *, node: int = NODE) -> str:
    """Return the identifier of a record.

    Args:
        oid: The organisation's own OID.
        system: The old system.
        kind: Table of the record.
        key: Its key in the old system.
        node: Arc below the organisation's OID.
    """
    name = f"{system}\0{kind}\0{key}".encode()
    number = int.from_bytes(hashlib.sha256(name).digest()[:DIGITS]) >> 1
    return f"{root(oid, node)}.{number}"
