"""The shape of a national JSON Schema: every keyword that the definitions use, and no other.

What is listed here and not taken by `national` is guidance for people; what is not listed
here is refused.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from kirjaamo.classifications.structures.errors import NotAStructureError, UnknownKeywordError
from kirjaamo.messages import N_

LARGEST = 20_000_000
"""Bytes; the largest national definition is under half a million."""


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and the language it is in."""

    lang: str
    value: str


class Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """What the national definition says of a field beside its validation."""

    name: list[Said]
    title: list[Said] = []
    representation: list[Said] = []
    repeatable: bool = False
    required: bool | None = None
    conditional_required: bool | None = None
    nationwide_recorded_information: bool = False
    hidden_field: bool = False
    hidden_title: bool = False
    classification: list[Said] = []
    classification_oid: list[Said] = []
    system_uri: list[Said] = []
    value_set: list[Said] = []
    accepted_values: list[Said] = []
    row_number: int = 0
    # Guidance for people: known, and not taken.
    description: list[Said] = []
    example: list[Said] = []
    implementation_note: list[Said] = []
    classification_link: list[Said] = []
    phrase: list[Said] = []


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """What the national definition says of the whole document."""

    title: str
    status: str
    document_definition_version: dt.date
    data_component_library_version: str
    oid: str
    document_type: str
    document_author: str = ""
    document_subject: str = ""


class Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A schema inside the document."""

    type: Literal["object", "array", "string", "number", "boolean"]
    sosmeta: Meta | None = None
    additional_properties: bool | None = None
    required: list[str] = []
    properties: dict[str, "Node"] = {}
    items: "Node | None" = None
    min_items: int | None = None
    min_length: int | None = None
    pattern: str | None = None
    enum: list[str] | None = None


class Root(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A whole national definition."""

    draft: Literal["http://json-schema.org/draft-07/schema#"] = msgspec.field(name="$schema")
    title: str
    type: Literal["object"]
    additional_properties: Literal[False]
    sosmeta: Header
    required: list[str]
    properties: dict[str, Node]


def parse(path: Path) -> tuple[Root, dict[str, Any]]:
    """Return a national definition, typed and as it stands in the file.

    Raises:
        NotAStructureError: The file is damaged, or is something else.
        UnknownKeywordError: It uses a keyword that is not listed here.
    """
    raw = _load(path)
    for place, keyword in _unknown(raw, Root, ""):
        raise UnknownKeywordError(file=path, place=place or "/", keyword=keyword)
    try:
        return msgspec.convert(raw, Root), raw
    except msgspec.ValidationError as error:
        raise NotAStructureError(file=path, reason=str(error)) from None


def _load(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file, refusing a key given twice."""
    try:
        if path.stat().st_size > LARGEST:
            raise NotAStructureError(file=path, reason=N_("the file is too large"))
        raw = json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise NotAStructureError(file=path, reason=N_("the file is not UTF-8 text")) from None
    except (ValueError, RecursionError):
        raise NotAStructureError(file=path, reason=N_("the file is not sound JSON")) from None
    except OSError as error:
        reason = error.strerror or N_("it cannot be read")
        raise NotAStructureError(file=path, reason=reason) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("sosmeta"), dict):
        raise NotAStructureError(
            file=path, reason=N_("it is not a national document structure")
        )
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _unknown(raw: object, kind: type[Root | Node], place: str) -> Iterator[tuple[str, str]]:
    """Yield the JSON path and the name of every keyword that is not known."""
    if not isinstance(raw, dict):
        return
    meta = Header if kind is Root else Meta
    yield from ((place, key) for key in raw if key not in _keywords(kind))
    about = raw.get("sosmeta")
    if isinstance(about, dict):
        yield from ((f"{place}/sosmeta", key) for key in about if key not in _keywords(meta))
    inside = raw.get("properties")
    for key, value in inside.items() if isinstance(inside, dict) else ():
        yield from _unknown(value, Node, f"{place}/properties/{key}")
    yield from _unknown(raw.get("items"), Node, f"{place}/items")


def _keywords(kind: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(kind.__struct_encode_fields__)
