r"""The base validation of a structure: facts compiled to JSON Schema (Draft 7).

The compiled schema accepts and refuses exactly the documents that the national one does.
Two things are written differently and mean the same: ``\d`` of a pattern is ``[0-9]``
(what ECMA-262 says it is), and a long fixed text, whose wording is not ours to keep, is a
format named by its SHA-256 digest unless the text itself is given.
"""

import hashlib
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import msgspec

from kirjaamo.classifications.structures.model import Field, Kind, Structure, SystemCheck

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
PLACE = files("kirjaamo.classifications.structures")
"""The folder of the bundled facts."""


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape that every field of a kind has.

    Attributes:
        national: The national name of the kind, as the definitions write it.
        schema: The JSON Schema of one value.
        required: What is added when the field is mandatory and does not repeat.
    """

    national: str
    schema: Schema
    required: Schema = {}


@cache
def components() -> dict[Kind, Component]:
    """Return the shape of every kind of field."""
    facts = PLACE.joinpath("components.json").read_bytes()
    return msgspec.json.decode(facts, type=dict[Kind, Component])


def fingerprint(text: str) -> str:
    """Return the name of a fixed text.

    >>> fingerprint("")[:16]
    'sha256-e3b0c4429'
    """
    return f"sha256-{hashlib.sha256(text.encode()).hexdigest()}"


def schema(structure: Structure, texts: Mapping[str, str] | None = None) -> Schema:
    """Return the JSON Schema of documents that follow *structure*.

    Args:
        structure: The structure.
        texts: Fixed texts by fingerprint; one that is given becomes an ``enum``, one that
            is not becomes a ``format`` (see `validator_of`).
    """
    root = structure.root
    return {
        "$schema": DRAFT,
        "type": "object",
        "additionalProperties": False,
        "required": [root],
        "properties": {root: _group(structure, root, texts or {})},
    }


def _group(structure: Structure, path: str, texts: Mapping[str, str]) -> Schema:
    inside = structure.inside(path)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [found.key for found in inside if found.minimum],
        "properties": {found.key: _field(structure, found, texts) for found in inside},
    }


def _field(structure: Structure, field: Field, texts: Mapping[str, str]) -> Schema:
    if field.is_group:
        one = _group(structure, field.path, texts)
    else:
        one = deepcopy(components()[field.kind].schema)
        one |= _restriction(field, one, texts)
    if field.maximum == 1:
        return one
    return {"type": "array", "minItems": field.minimum, "items": one}


def _restriction(field: Field, one: Schema, texts: Mapping[str, str]) -> Schema:
    """Return what a field asks beyond the shape of its kind."""
    codes = [] if field.open else [code.code for code in field.codes]
    if field.kind is Kind.CODE:
        one["properties"]["system"] |= _system(field)
        if codes:
            one["properties"]["code"]["enum"] = codes
        return {}
    if field.kind is Kind.PHRASE:
        return _fixed(field, texts)
    if codes:
        return {"enum": codes}
    single = field.minimum == 1 and field.maximum == 1
    return dict(components()[field.kind].required) if single else {}


def _system(field: Field) -> Schema:
    match field.system_check:
        case SystemCheck.PATTERN:
            return {"pattern": rf"^urn:oid:{re.escape(field.system or '')}(\.[0-9]+)*$"}
        case SystemCheck.EXACT:
            return {"enum": [field.system]}
        case SystemCheck.FREE:
            return {}


def _fixed(field: Field, texts: Mapping[str, str]) -> Schema:
    if field.fixed is not None:
        return {"enum": [field.fixed]}
    name = field.fingerprint or ""
    return {"enum": [texts[name]]} if name in texts else {"format": name}


def validator_of(
    structure: Structure, texts: Mapping[str, str] | None = None
) -> jsonschema_rs.Draft7Validator:
    """Return the compiled validator of *structure*; it knows the fixed texts by digest."""
    return jsonschema_rs.Draft7Validator(
        schema(structure, texts), formats=formats(structure), validate_formats=True
    )


def formats(structure: Structure) -> dict[str, Any]:
    """Return the checks of fixed texts by digest: what the schema calls their formats."""
    names = {field.fingerprint for field in structure.fields if field.fingerprint}
    return {name: _is_text(name) for name in sorted(names)}


def _is_text(name: str) -> Any:  # noqa: ANN401 - a predicate that jsonschema-rs calls
    return lambda text: fingerprint(text) == name
