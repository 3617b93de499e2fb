"""The elements of a part of an archive document, by path; values may stand in slots."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final, NamedTuple

INNER: Final = "controlActProcess/subject/clinicalDocument"
"""Where a frame describes its document; ``//`` stands for it."""


class Slot(int):
    """Number of a slot, in place of a value."""


def inner(path: str) -> str:
    """Return a path from the root.

    >>> inner("//id")
    'controlActProcess/subject/clinicalDocument/id'
    """
    return f"{INNER}{path[1:]}" if path.startswith("//") else path


def is_slot(value: object) -> bool:
    """Return whether a value stands in a slot."""
    return type(value) is Slot


class Entry(NamedTuple):
    """An element.

    Attributes:
        path: Names of elements from the root down; ``*`` before those of the social header.
        attributes: Name to value or slot.
        text: What stands in it before any other element, or a slot.
    """

    path: str
    attributes: Mapping[str, "str | Slot"]
    text: "str | Slot"

    @property
    def name(self) -> str:
        """Name of the element."""
        return self.path.rpartition("/")[2].lstrip("*")

    @property
    def parent(self) -> str:
        """Name of the element around it."""
        return self.path.rpartition("/")[0].rpartition("/")[2].lstrip("*")


class Looked(dict[tuple[str, str], "str | Slot"]):
    """Path and attribute (or "": the text) to what the first element there tells; "" for nothing."""

    def __init__(self, by_path: Mapping[str, list[Entry]]) -> None:
        self._by_path = by_path

    def __missing__(self, key: tuple[str, str]) -> "str | Slot":
        """Look once, and remember."""
        path, name = key
        every = self._by_path.get(inner(path))
        found = (
            "" if not every else every[0].attributes.get(name, "") if name else every[0].text
        )
        self[key] = found
        return found


class Layout:
    """The elements of a part or of all parts of a mould."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        """Index the elements by path."""
        self.entries = entries
        self.clients: list[tuple[list[tuple[str | Slot, str | Slot]], ...]] | None = None
        self.by_path: dict[str, list[Entry]] = {}
        for entry in entries:
            self.by_path.setdefault(entry.path, []).append(entry)
        self.looked = Looked(self.by_path)
        self.compared: dict[int, tuple[Layout, list[tuple[str, str, str]]]] = {}

    def named(self, attribute: str, names: frozenset[str]) -> tuple[Entry, ...]:
        """Return the elements with an attribute; of some names only, when there are any."""
        key = (attribute, names)
        found = self._named.get(key)
        if found is None:
            found = self._named[key] = tuple(
                one
                for one in self.entries
                if attribute in one.attributes and (not names or one.name in names)
            )
        return found

    @cached_property
    def _named(self) -> dict[tuple[str, frozenset[str]], tuple[Entry, ...]]:
        return {}
