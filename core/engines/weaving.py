"""Demands woven into a structure's own schema, each at the field it is about.

``properties`` of two schemas that must both hold are the properties of one, so a demand that
leads down to a field may stand beside what the structure says of that field.  The validator
then walks a document once, however many rules there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]
Path = tuple[str | int, ...]

MARK = "allOf"
"""Where demands stand; the schemas of structures do not use the keyword themselves."""


@dataclass(frozen=True, slots=True)
class Woven:
    """A schema with demands in it.

    Attributes:
        schema: The whole schema.
        demands: Place in the schema to the number of the demand that stands there.
    """

    schema: Schema
    demands: Mapping[Path, int]

    def demand_at(self, place: Sequence[str | int]) -> int | None:
        """Return the demand that a place in the schema lies in, or None: the structure's own."""
        if MARK not in place:
            return None
        return self.demands.get(tuple(place[: place.index(MARK) + 2]))


def woven(base: Schema, demands: Sequence[Mapping[str, Any]]) -> Woven:
    """Return *base* with every one of *demands* at the deepest place it leads to.

    >>> both = woven(
    ...     {"properties": {"a": {"type": "string"}}},
    ...     [{"properties": {"a": {"maxLength": 5}}}],
    ... )
    >>> both.schema
    {'properties': {'a': {'type': 'string', 'allOf': [{'maxLength': 5}]}}}
    >>> both.demand_at(("properties", "a", "allOf", 0, "maxLength"))
    0
    """
    schema = deepcopy(base)
    where: dict[Path, int] = {}
    for number, demand in enumerate(demands):
        for path, node, rest in _placed(schema, demand, ()):
            beside = node.setdefault(MARK, [])
            where[(*path, MARK, len(beside))] = number
            beside.append(rest)
    return Woven(schema, where)


def _placed(
    node: Schema, demand: Mapping[str, Any], path: Path
) -> Iterator[tuple[Path, Schema, Mapping[str, Any]]]:
    """Yield the nodes of a schema where parts of a demand belong, and the parts."""
    if demand.keys() == {"properties"} and "properties" in node:
        inside = node["properties"]
        for key, part in demand["properties"].items():
            if key in inside:
                yield from _placed(inside[key], part, (*path, "properties", key))
            else:
                yield path, node, {"properties": {key: part}}
    elif demand.keys() == {"items"} and "items" in node:
        yield from _placed(node["items"], demand["items"], (*path, "items"))
    else:
        yield path, node, demand
