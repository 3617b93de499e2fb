"""Metadata fields as `fields.yaml` tells them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal, NamedTuple

import msgspec

from kirjaamo import messages
from kirjaamo.settings import read_yaml

Kind = Literal["client", "relationship", "matter", "permission", "prohibition"]
Form = Literal["oid", "number", "coded", "text", "word", "instant", "day", "language", "base64"]
Confidence = Literal["confirmed", "secondary", "uncertain"]
Derivation = Literal["record", "structure", "settings", "mapping", "constant", "computed"]

KINDS: Final[tuple[Kind, ...]] = (
    "client", "relationship", "matter", "permission", "prohibition",
)  # fmt: skip
"""Kinds of archive documents, by what they are about."""

FORMS: Final = (
    "oid",
    "number",
    "coded",
    "text",
    "word",
    "instant",
    "day",
    "language",
    "base64",
)
"""How a value is written."""

SourceText = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^((record|structure|settings|mapping|computed) [a-z_.]+|constant [A-Za-z0-9]+)$"
    ),
]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in the three languages."""

    fi: str
    sv: str
    en: str

    def __str__(self) -> str:
        """Return the text in the language in use."""
        return str(getattr(self, messages.language()))


class Source(NamedTuple):
    """Where a value may come from.

    Attributes:
        derivation: From the record, the structure, the settings, a mapping in the settings, a
            constant, or computed from other facts.
        name: Field of a table, name of a setting, the constant, or what is computed.
    """

    derivation: Derivation
    name: str

    def __str__(self) -> str:
        """Return the source as it stands in `fields.yaml`."""
        return f"{self.derivation} {self.name}"


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One metadata field.

    Attributes:
        label: What it is called.
        form: How its value is written.
        sources: Where its value comes from; the first that tells something counts.
        confidence: How sure the field and its place are.
        source: Where it is known from.
        needs: Kinds of documents that are held without it.
        never: Kinds of documents that do not have it.
        droppable: Whether a value that cannot be written is left out and does not hold the
            document.
        system: OID of its code list, with the year.
        system_name: Name of the list, as documents tell it.
        unknown: What is not known of it, and what fills it.
    """

    label: Text
    form: Form
    sources: tuple[SourceText, ...]
    confidence: Confidence
    source: str
    needs: tuple[Kind, ...] = ()
    never: tuple[Kind, ...] = ()
    droppable: bool = False
    system: str = ""
    system_name: str = ""
    unknown: Text | None = None

    @property
    def origins(self) -> tuple[Source, ...]:
        """The sources, each in its two parts."""
        return tuple(Source(*text.split(" ", 1)) for text in self.sources)  # type: ignore[arg-type]  # the pattern above

    @property
    def list_oid(self) -> str:
        """OID of the code list without the year of its version."""
        return self.system.rpartition(".")[0]


@cache
def fields() -> Mapping[str, Field]:
    """Return every metadata field by name, in the order of a document and then the frame."""
    place = files("kirjaamo.archive.fields") / "fields.yaml"
    return read_yaml(place, dict[str, Field])
