"""From a field of a structure to its places in a schema and in documents."""

from collections.abc import Callable
from functools import partial
from typing import Any

from kirjaamo.classifications.structures import Field, Structure
from kirjaamo.classifications.structures.condition_reference import groups
from kirjaamo.documents.model import Document
from kirjaamo.rules import Demand, Hit

Group = dict[str, Any]
Test = Callable[[Document], list[Hit]]
Broken = Callable[[Group], str | None]
Way = tuple[tuple[str, bool], ...]
"""Keys from the root key down, each with whether it repeats."""

NATIONAL = "National document structures (THL), snapshot of 20 May 2025"
"""The basis of most rules of the family."""

DAY = ({"maxLength": 9}, {"format": "date"})
"""Schemas of a year or month, and of a day of the calendar; one of them holds."""


def leading_to(structure: Structure, path: str, demand: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that asks *demand* of every occurrence of the field at *path*."""
    schema = demand
    while path:
        found = structure.field(path)
        if found is not None and found.maximum != 1:
            schema = {"items": schema}
        path, _, key = path.rpartition("/")
        schema = {"properties": {key: schema}}
    return schema


def asked(structure: Structure, field: Field, demand: dict[str, Any], **more: Any) -> Demand:  # noqa: ANN401 - facts of a demand
    """Return a demand on every occurrence of a field; *more* are facts of the demand."""
    return Demand(leading_to(structure, field.path, demand), field.path, **more)


def broken_in(structure: Structure, path: str, broken: Broken) -> Test:
    """Return a test of every group at *path*.

    Args:
        structure: The structure.
        path: The group, from the root key down.
        broken: Returns the key at fault in a group, or None.
    """
    way, scope = _way(structure, path), marked(structure, path)
    is_broken = partial(
        _is_broken if any(repeats for _, repeats in way) else _is_broken_once, way, broken
    )

    def test(document: Document) -> list[Hit]:
        if not is_broken(document.tree):
            return []
        found = ((at, broken(group)) for at, group in groups(document.tree, scope))
        return [Hit(f"{at}/{key}") for at, key in found if key]

    return test


def marked(structure: Structure, path: str) -> str:
    """Return a path with ``[]`` after every key that repeats."""
    way = _way(structure, path)
    return "/".join(f"{key}[]" if repeats else key for key, repeats in way)


def _way(structure: Structure, path: str) -> Way:
    """Return the keys of a path, each with whether it repeats."""
    keys = path.split("/")
    fields = (structure.field("/".join(keys[: n + 1])) for n in range(len(keys)))
    return tuple(
        (key, found is not None and found.maximum != 1)
        for key, found in zip(keys, fields, strict=True)
    )


def _is_broken_once(way: Way, broken: Broken, tree: Group) -> bool:
    """Return whether the one group at the end of a way is broken; the usual and quick case."""
    value: Any = tree
    for key, _ in way:
        value = value.get(key)
        if type(value) is not dict:
            return False
    return broken(value) is not None


def _is_broken(way: Way, broken: Broken, tree: Group) -> bool:
    """Return whether any group at the end of a way is broken, without saying where."""
    value: Any = tree
    for number, (key, repeats) in enumerate(way, 1):
        value = value.get(key)
        if repeats:
            rest = way[number:]
            items = value if isinstance(value, list) else ()
            return any(
                _is_broken(rest, broken, item) for item in items if isinstance(item, dict)
            )
        if not isinstance(value, dict):
            return False
    return broken(value) is not None
