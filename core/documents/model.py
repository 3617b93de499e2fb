"""What a document is on its way from bytes to findings.

One of each is made for every document, so they are of the kind of class that is made fastest.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec


class Raw(msgspec.Struct, frozen=True):
    """A document as it stood.

    Attributes:
        source: The name a person knows: file, or ``archive[member]``.
        number: Line of a JSON-lines file, otherwise 1.
        content: The bytes of the JSON.
        structure: OID of the structure, where the container says it.
        damage: What is wrong with the container, so that there is no content; a word of
            `parsing.DAMAGES`.
        metadata: What the container says of the document: ``document_id``, ``set_id``,
            ``matter_id`` and ``document_type``, where it says them.
    """

    source: str
    number: int
    content: bytes
    structure: str = ""
    damage: str = ""
    metadata: Mapping[str, str] = {}


class Document(msgspec.Struct, frozen=True):
    """A parsed document with its structure: what a test of a document rule is given.

    Attributes:
        tree: The whole JSON object, root key included.
        structure: What the document must hold (`classifications.structures.Structure`).
        day: The day whose law and codes apply: that of the signature, or of the check.
        as_of: The day of the check.
        metadata: What the container says; empty for bare JSON.
    """

    tree: dict[str, Any]
    structure: Any
    day: dt.date
    as_of: dt.date
    metadata: Mapping[str, str] = {}

    @property
    def body(self) -> dict[str, Any]:
        """Return what stands below the root key."""
        found = next(iter(self.tree.values()))
        return found if isinstance(found, dict) else {}

    def at(self, path: str) -> Iterator[tuple[str, Any]]:
        """Yield the JSON pointer and the value of every occurrence of a field.

        Args:
            path: Keys from the root key down, joined with ``/``; repetition leaves no mark.

        >>> d = Document({"a": {"b": [{"c": 1}, {"c": 2}]}}, None, dt.date.max, dt.date.max)
        >>> list(d.at("a/b/c"))
        [('/a/b/0/c', 1), ('/a/b/1/c', 2)]
        """
        found: list[tuple[str, Any]] = [("", self.tree)]
        for key in path.split("/"):
            found = [
                (f"{place}/{key}", group[key])
                for place, group in _spread(found)
                if isinstance(group, dict) and key in group
            ]
        yield from _spread(found)


def _spread(found: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the items of arrays one by one, and everything else as it is."""
    for place, value in found:
        if isinstance(value, list):
            yield from ((f"{place}/{number}", item) for number, item in enumerate(value))
        else:
            yield place, value
