"""Hash chains: each link hashes the one before, so that no link can be changed unseen.

A chain proves nothing against someone who may rewrite all of it; its head, printed or signed
and kept elsewhere, does.
"""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

START = "0" * 64
"""What stands before the first link."""

_encode = msgspec.json.Encoder().encode


def canonical(value: object) -> bytes:
    """Return *value* as bytes that are always the same.

    >>> canonical([1, "a"])
    b'[1,"a"]'
    """
    return _encode(value)


def digest(content: bytes) -> str:
    """Return the sha256 of *content* in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def root(rows: Iterable[Sequence[object]]) -> str:
    """Return the hash of rows in their order."""
    found = hashlib.sha256()
    for row in rows:
        found.update(_encode(row))
        found.update(b"\n")
    return found.hexdigest()


def link(previous: str, content: object) -> str:
    """Return the link that follows *previous* and holds *content*."""
    return digest(previous.encode() + canonical(content))
