"""An archive document with its frame, read once, as the rules look at it."""

import base64
import binascii
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from lxml import etree

from kirjaamo.archive.checking.clients import Client, clients
from kirjaamo.archive.checking.layout import Entry, inner
from kirjaamo.archive.checking.reading import MOST, Mould, Part
from kirjaamo.archive.checking.schemas import Schemas
from kirjaamo.archive.fields.filling import Packed, Written
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.documents.cda import structure_in
from kirjaamo.documents.parsing import Damaged
from kirjaamo.documents.parsing import parse as parse_json

Environment = Literal["production", "test"]

RELATIONSHIP, MATTER = "1", "2"
"""Codes of document groups (list 1.2.246.537.6.1505)."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the rules look things up in.

    Attributes:
        environment: Real persons belong to ``production``, invented ones to ``test``.
        codes: The code lists in use.
        structures: The document structures in use.
        schemas: The schemas in use.
        moulds: Moulds of parts that the schema and the rules of form accept.
    """

    environment: Environment = "test"
    codes: Codes = field(default_factory=Codes)
    structures: Structures = field(default_factory=Structures)
    schemas: Schemas = field(default_factory=Schemas)
    moulds: dict[Hashable, Mould] = field(default_factory=dict, compare=False, repr=False)


class Archived:
    """A document and the frame beside it, each read once.

    Attributes:
        parts: ``document`` and, when there is one, ``frame``: name to part.
        means: What the rules look things up in.
    """

    def __init__(
        self, document: bytes | Written, frame: bytes | Written | None, means: Means
    ) -> None:
        """Read a document and its frame."""
        self.means = means
        moulds = {} if means.schemas.folder else means.moulds  # slots fit our schemas only
        self.parts = {"document": Part(document, moulds)}
        if frame is not None:
            self.parts["frame"] = Part(frame, moulds)

    @property
    def readable(self) -> frozenset[str]:
        """The parts that could be read."""
        return frozenset(name for name, part in self.parts.items() if part.layout is not None)

    @property
    def roots(self) -> Mapping[str, etree._Element]:
        """The parts that could be read, parsed: name to root element."""
        read = {name: part.root for name, part in self.parts.items()}
        return {name: root for name, root in read.items() if root is not None}

    @property
    def is_accepted(self) -> bool:
        """Whether both parts have moulds that broke no rule of form together before."""
        mould = self.parts["document"].mould
        if mould is None:
            return False
        frame = self.parts.get("frame")
        return (None if frame is None else frame.key) in mould.accepted and (
            frame is None or frame.mould is not None
        )

    def remember(self) -> None:
        """Remember the moulds of parts that broke no rule of form together."""
        moulds = self.means.moulds
        if self.means.schemas.folder or any(part.key is None for part in self.parts.values()):
            return
        if len(moulds) >= MOST:
            moulds.clear()
        for part in self.parts.values():
            if part.mould is None:
                part.mould = moulds[part.key] = part.moulded()
        frame = self.parts.get("frame")
        mould = self.parts["document"].mould
        if mould is not None:
            mould.accepted.add(None if frame is None else frame.key)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield every element of both parts, with the name of its part."""
        for name, part in self.parts.items():
            for entry in () if part.layout is None else part.layout.entries:
                yield name, entry

    def with_attribute(
        self, attribute: str, names: frozenset[str] = frozenset()
    ) -> Iterator[tuple[str, Entry, str]]:
        """Yield every element with an attribute: its part, itself, the value.

        Args:
            attribute: Name of the attribute.
            names: Names of elements; all when empty.
        """
        for name, part in self.parts.items():
            if part.layout is not None:
                for entry in part.layout.named(attribute, names):
                    yield name, entry, part.told(entry.attributes[attribute])

    def first(self, path: str, part: str = "document") -> Entry | None:
        """Return the first element at a path such as ``componentOf/encompassingEncounter/id``.

        Steps without a mark are HL7's; ``*`` before a name means the social header's.  In a
        frame ``//`` stands for where it describes its document.
        """
        found = self.parts.get(part)
        if found is None or found.layout is None:
            return None
        every = found.layout.by_path.get(inner(path))
        return every[0] if every else None

    def value(self, path: str, name: str, part: str = "document") -> str:
        """Return an attribute (or, named "", the text) of the first element at a path, or ""."""
        found = self.parts.get(part)
        if found is None or found.layout is None:
            return ""
        return found.told(found.layout.looked[path, name])

    def named(self, name: str) -> str:
        """Return the code of an element of the social header, or ""."""
        return self.value(f"*localSocialHeader/*{name}", "code")

    @property
    def oid(self) -> str:
        """The OID of the document."""
        return self.value("id", "root")

    @property
    def group(self) -> str:
        """The code of the document group."""
        return self.named("documentGroup")

    @property
    def is_relationship(self) -> bool:
        """Whether it is a client-relationship document."""
        return self.group == RELATIONSHIP

    @property
    def media(self) -> str:
        """The media type of the view."""
        return self.value("component/nonXMLBody/text", "mediaType")

    @property
    def structure(self) -> str:
        """The OID of the structure version the header names, or ""."""
        return structure_in(self.value("*localSocialHeader/*contentSpecificationId", ""))

    @cached_property
    def view(self) -> bytes | None:
        """The view, or None when the document has none that can be read."""
        return self._packed("component/nonXMLBody/text")

    @cached_property
    def body(self) -> dict[str, Any] | None:
        """The JSON body as a tree, or None when there is none that can be read."""
        path = "component/nonXMLBody/*json"
        text = self.value(path, "")
        if type(text) is Packed and text.tree is not None:
            return text.tree
        packed = self._packed(path)
        try:
            return None if packed is None else parse_json(packed)
        except Damaged:
            return None

    @property
    def inside(self) -> dict[str, Any]:
        """What stands below the root key of the body; empty when there is none."""
        found = next(iter(self.body.values()), None) if self.body else None
        return found if isinstance(found, dict) else {}

    def _packed(self, path: str) -> bytes | None:
        text = self.value(path, "")
        if type(text) is Packed:
            return text.content
        if not text:
            return None
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            pass
        try:
            return base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            return None

    @cached_property
    def clients(self) -> Mapping[str, tuple[Client, ...]]:
        """Part to its clients, in their order."""
        return {name: tuple(clients(name, part)) for name, part in self.parts.items()}
