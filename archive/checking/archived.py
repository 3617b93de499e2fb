"""An archive document with its frame, parsed once, as the rules look at it."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Final, Literal

from lxml import etree

from kirjaamo.archive.checking.schemas import Schemas
from kirjaamo.archive.signing.form import BODY, HL7, SOCIAL, parse
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures.library import Structures
from kirjaamo.documents.cda import structure_in
from kirjaamo.documents.parsing import Damaged
from kirjaamo.documents.parsing import parse as parse_json

Environment = Literal["production", "test"]

INNER: Final = f"{HL7}controlActProcess/{HL7}subject/{HL7}clinicalDocument"
"""Where a frame describes its document."""

RELATIONSHIP: Final = "1"
"""Code of the document group of client-relationship documents (list 1.2.246.537.6.1505)."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the rules look things up in.

    Attributes:
        environment: Real persons belong to ``production``, invented ones to ``test``.
        codes: The code lists in use.
        structures: The document structures in use.
        schemas: The schemas in use.
    """

    environment: Environment = "test"
    codes: Codes = field(default_factory=Codes)
    structures: Structures = field(default_factory=Structures)
    schemas: Schemas = field(default_factory=Schemas)


class Archived:
    """A document and the frame beside it, each parsed once.

    Attributes:
        parts: ``document`` and, when there is one, ``frame``: name to bytes.
        roots: The parts that could be read: name to root element.
        means: What the rules look things up in.
    """

    def __init__(self, document: bytes, frame: bytes | None, means: Means) -> None:
        """Parse the bytes of a document and its frame."""
        self.means = means
        self.parts = {"document": document} | ({} if frame is None else {"frame": frame})
        read = {name: parse(content) for name, content in self.parts.items()}
        self.roots: Mapping[str, etree._Element] = {
            name: root for name, root in read.items() if root is not None
        }

    @cached_property
    def elements(self) -> tuple[tuple[str, etree._Element], ...]:
        """Every element of both parts, with the name of its part; walked once."""
        return tuple(
            (part, one) for part, root in self.roots.items() for one in root.iter(etree.Element)
        )

    def first(self, path: str, part: str = "document") -> etree._Element | None:
        """Return the first element at a path such as ``componentOf/encompassingEncounter/id``.

        Steps without a namespace are HL7's; ``*`` before a name means the social header's.
        """
        root = self.roots.get(part)
        if root is not None and part == "frame" and path.startswith("//"):
            root, path = root.find(INNER), path[2:]
        return None if root is None else root.find(_steps(path))

    def value(self, path: str, name: str, part: str = "document") -> str:
        """Return an attribute (or, named "", the text) of the first element at a path, or ""."""
        found = self.first(path, part)
        if found is None:
            return ""
        return (found.get(name) if name else found.text) or ""

    def named(self, name: str) -> str:
        """Return the code of an element of the social header, or ""."""
        return self.value(f"*localSocialHeader/*{name}", "code")

    @property
    def oid(self) -> str:
        """The OID of the document."""
        return self.value("id", "root")

    @property
    def is_relationship(self) -> bool:
        """Whether it is a client-relationship document."""
        return self.named("documentGroup") == RELATIONSHIP

    @property
    def structure(self) -> str:
        """The OID of the structure version the header names, or ""."""
        return structure_in(self.value("*localSocialHeader/*contentSpecificationId", ""))

    @cached_property
    def view(self) -> bytes | None:
        """The view, or None when the document has none that can be read."""
        return self._packed(f"{BODY}/{HL7}text")

    @cached_property
    def body(self) -> dict[str, Any] | None:
        """The JSON body as a tree, or None when there is none that can be read."""
        packed = self._packed(f"{BODY}/{SOCIAL}json")
        try:
            return None if packed is None else parse_json(packed)
        except Damaged:
            return None

    def _packed(self, path: str) -> bytes | None:
        root = self.roots.get("document")
        text = None if root is None else root.findtext(path)
        if not text:
            return None
        try:
            return base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            return None

    @cached_property
    def patients(self) -> tuple[tuple[str, etree._Element, etree._Element], ...]:
        """Part, role (with the id) and person of every client of both parts."""
        return tuple(self._patients())

    def _patients(self) -> Iterator[tuple[str, etree._Element, etree._Element]]:
        paths = (("document", "patientRole", "patient"), ("frame", "patient", "patientPerson"))
        for part, role, person in paths:
            root = self.roots.get(part)
            base = root.find(INNER) if root is not None and part == "frame" else root
            for found in [] if base is None else base.findall(_steps(f"recordTarget/{role}")):
                within = found.find(f"{HL7}{person}")
                if within is not None:
                    yield part, found, within


@cache
def _steps(path: str) -> str:
    """Return a path with namespaces.

    >>> _steps("a/*b")
    '{urn:hl7-org:v3}a/{urn:hl7finland}b'
    """
    return "/".join(
        f"{SOCIAL}{step[1:]}" if step.startswith("*") else f"{HL7}{step}"
        for step in path.split("/")
    )
