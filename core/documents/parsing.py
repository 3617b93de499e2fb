"""From bytes to a tree: strict JSON, with a word for each kind of damage.

The parser takes UTF-8 only and refuses NaN and numbers out of range.  It keeps the last of
two equal keys without a word; that is found by counting keys before and after, and settled by
the standard parser, which sees them all.
"""

import json
from typing import Any

import msgspec

from kirjaamo.messages import N_

DEEPEST = 200
"""Levels of nesting; national structures need fewer than twenty."""

LARGEST = 64 << 20
"""Bytes of one document."""

DAMAGES = {
    "json": N_("it is not whole JSON"),
    "encoding": N_("it is not UTF-8 text"),
    "duplicate": N_("a key stands twice in one object"),
    "depth": N_("it is nested too deep"),
    "number": N_("it holds a number that is no JSON number or out of range"),
    "size": N_("it is too large"),
    "object": N_("it is not an object with one root key"),
    "container": N_("its container is broken"),
    "base64": N_("its base64 is broken"),
    "entity": N_("its XML has a document type or entities"),
}
"""Kinds of damage: word to sentence."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Damaged(Exception):  # noqa: N818 - becomes a finding, not an error
    """The bytes are no document; holds a word of ``DAMAGES``."""


def parse(content: bytes) -> dict[str, Any]:
    """Return the tree of a document.

    Raises:
        Damaged: The bytes are not one JSON object with one root key.
    """
    if len(content) > LARGEST:
        raise Damaged("size")
    try:
        tree = _decode(content)
    except msgspec.DecodeError as error:
        raise Damaged(_why(content, str(error))) from None
    except RecursionError:
        raise Damaged("depth") from None
    if not isinstance(tree, dict) or len(tree) != 1:
        raise Damaged("object")
    if _keys(content) != _keys(_encode(tree)) and _has_duplicate(content):
        raise Damaged("duplicate")
    return tree


def _keys(content: bytes) -> int:
    """Return a count that differs when a key was lost: ends of keys outside strings."""
    return content.count(b'":') - content.count(b'\\":')


def _why(content: bytes, reason: str) -> str:
    """Return the kind of damage behind a parser's reason."""
    if "out of range" in reason or b"NaN" in content or b"Infinity" in content:
        return "number"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "encoding"
    return "encoding" if content.startswith(b"\xef\xbb\xbf") else "json"


def _has_duplicate(content: bytes) -> bool:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in found}) != len(found):
            raise Damaged("duplicate")
        return dict(found)

    try:
        json.loads(content, object_pairs_hook=pairs)
    except Damaged:
        return True
    except (RecursionError, ValueError):
        return False
    return False
