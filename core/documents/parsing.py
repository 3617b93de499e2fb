"""From bytes to a tree: strict JSON, with a word for each kind of damage.

The parser takes UTF-8 only and refuses NaN and numbers out of range.  It keeps the last of
two equal keys without a word.  So the tree is written again: when that gives other bytes and
another number of colons (which white space and the form of numbers cannot change, only an
escaped colon can), the standard parser settles it.
"""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import orjson

from kirjaamo.messages import N_

DEEPEST = 200
"""Levels of nesting; national structures need fewer than twenty."""

LARGEST = 16 << 20
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

_COLON = re.compile(rb"\\u003[aA]")  # a colon of a text, written as an escape
_PLACE = re.compile(r"\(byte ([0-9]+)\)")
_NO_NUMBER = (b"N", b"I", b"-I")  # how NaN and the infinities begin


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
        tree = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Damaged(_why(content)) from None
    if not isinstance(tree, dict) or len(tree) != 1:
        raise Damaged("duplicate" if _has_duplicate(content) else "object")
    try:
        again = orjson.dumps(tree)
    except orjson.JSONEncodeError:  # more levels than it writes; nothing else in a tree is new
        raise Damaged("depth") from None
    if again != content and (
        again.count(b":") != content.count(b":") or _COLON.search(content) is not None
    ):
        _refuse_duplicates(content)
    return tree


def shortened(tree: Any, most: int) -> Any:  # noqa: ANN401 - any JSON value
    """Return a tree whose arrays have about *most* items in all, none of them emptied.

    Raises:
        Damaged: It is nested deeper than any structure.

    >>> shortened({"a": [1, 2, 3], "b": [[4], [5]]}, 2)
    {'a': [1, 2, 3], 'b': [[4]]}
    """
    left = iter(range(most))
    return _cut(tree, left, DEEPEST)


def _cut(value: Any, left: Iterator[int], depth: int) -> Any:  # noqa: ANN401 - any JSON value
    if not depth:
        raise Damaged("depth")
    match value:
        case dict():
            return {key: _cut(inner, left, depth - 1) for key, inner in value.items()}
        case list():
            return [_cut(item, left, depth - 1) for item in _some(value, left)]
        case _:
            return value


def _some(items: list[Any], left: Iterator[int]) -> Iterator[Any]:
    """Yield the first item, and the others as long as something is left."""
    yield from items[:1]
    for item in itertools.islice(items, 1, None):
        if next(left, None) is None:
            return
        yield item


def _why(content: bytes) -> str:
    """Return what is wrong with bytes that the parser refused.

    A second parser is asked, whose reasons can be told from each other.
    """
    try:
        msgspec.json.decode(content)
    except RecursionError:
        return "depth"
    except UnicodeDecodeError:
        return "encoding"
    except msgspec.DecodeError as error:
        return _word(content, str(error))
    return "depth"  # the second parser goes a little deeper


def _word(content: bytes, reason: str) -> str:
    """Return the kind of damage behind the second parser's reason."""
    if "out of range" in reason:
        return "number"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "encoding"
    if content.startswith(b"\xef\xbb\xbf"):
        return "encoding"
    place = _PLACE.search(reason)
    return "number" if place and _begins_no_number(content, int(place[1])) else "json"


def _begins_no_number(content: bytes, place: int) -> bool:
    """Return whether NaN or an infinity stands where the parser stopped."""
    return content.startswith(_NO_NUMBER, max(place, 0)) or content.startswith(
        b"-I", max(place - 1, 0)
    )


def _has_duplicate(content: bytes) -> bool:
    try:
        _refuse_duplicates(content)
    except Damaged:
        return True
    return False


def _refuse_duplicates(content: bytes) -> None:
    """Raise `Damaged` when a key stands twice in one object."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in found}) != len(found):
            raise Damaged("duplicate")
        return dict(found)

    try:
        json.loads(content, object_pairs_hook=pairs)
    except RecursionError:
        raise Damaged("depth") from None
