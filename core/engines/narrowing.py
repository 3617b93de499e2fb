"""Demands narrowed by what the structure's own schema says already.

A demand may refer to a definition with an alternative for each type of value.  Where the
structure allows one type only, the alternative of that type says the same and is tested at once.
"""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

SAME_VALUE = ("if", "then", "else", "not")
SAME_VALUES = ("allOf", "anyOf", "oneOf")
ITEM = ("items", "contains")


def narrowed(demand: Any, base: Mapping[str, Any], definitions: Schema) -> Any:  # noqa: ANN401 - a schema may be true or false
    """Return *demand* with references replaced where *base* allows one type of value.

    >>> filled = {"anyOf": [{"type": "number"}, {"type": "string", "minLength": 1}]}
    >>> narrowed({"$ref": "#/definitions/filled"}, {"type": "string"}, {"filled": filled})
    {'type': 'string', 'minLength': 1}
    """
    if not isinstance(demand, Mapping):
        return demand
    if "$ref" in demand:
        return _alternative(demand, base, definitions)
    return {key: _inside(key, part, base, definitions) for key, part in demand.items()}


def _inside(key: str, part: Any, base: Mapping[str, Any], definitions: Schema) -> Any:  # noqa: ANN401 - as above
    if key == "properties":
        known = base.get("properties", {})
        return {
            name: narrowed(of, known.get(name, {}), definitions) for name, of in part.items()
        }
    if key in SAME_VALUE:
        return narrowed(part, base, definitions)
    if key in SAME_VALUES:
        return [narrowed(one, base, definitions) for one in part]
    if key in ITEM:
        return narrowed(part, base.get("items", {}), definitions)
    return part


def _alternative(
    reference: Mapping[str, Any], base: Mapping[str, Any], definitions: Schema
) -> Mapping[str, Any]:
    """Return the one alternative of a definition for the type that *base* allows, if it has one."""
    found = definitions.get(str(reference["$ref"]).removeprefix("#/definitions/"), {})
    fitting = [one for one in found.get("anyOf", ()) if base.get("type") == one.get("type")]
    return fitting[0] if len(fitting) == 1 else reference
