"""The OIDs of code lists: a list, and the versions of it.

A version's OID is the list's with a node for the year of approval, or year and number.  It does
not freeze the content of the list: codes have dates of their own.
"""

import re

_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
_VERSION = re.compile(r"\.(?:19|20)[0-9]{2}(?:[0-9]{2})?$")


def is_oid(name: str) -> bool:
    """Tell whether *name* is written like an OID.

    >>> is_oid("1.2.246.537.6.1221"), is_oid("language")
    (True, False)
    """
    return _OID.fullmatch(name) is not None


def without_version(oid: str) -> str:
    """Return the OID of a list from that of one of its versions.

    >>> without_version("1.2.246.537.6.1221.201601")
    '1.2.246.537.6.1221'
    """
    return _VERSION.sub("", oid)


def same_list(one: str, other: str) -> bool:
    """Tell whether two OIDs are equal, or one is a version of the other."""
    return one == other or without_version(one) == other or one == without_version(other)
