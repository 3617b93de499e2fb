"""What several rules ask of a body: its structure, what that refuses, and its matters."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from kirjaamo.classifications.structures.library import Structures

MATTERS = frozenset({"asianumero", "tilauksen_asianumero", "asiatunnus"})
"""Keys whose definition asks for the matter id of the metadata."""


@cache
def known(structures: Structures) -> frozenset[str]:
    """Return the OIDs of the structure versions in use."""
    return frozenset(structures.versions()["oid"])


def refusals(structures: Structures, oid: str, body: dict[str, Any]) -> Iterator[str]:
    """Yield the path of keys of every place that a structure version refuses.

    A version that is not known refuses nothing here: another rule tells of it.
    """
    if oid not in known(structures):
        return
    validator = structures.validator(oid)
    if validator.is_valid(body):
        return
    for error in validator.iter_errors(body):
        keys = [step for step in error.instance_path if isinstance(step, str)]
        own = _keys(oid, structures)
        yield "/".join(key if key in own else "?" for key in keys) or "/"


@cache
def _keys(oid: str, structures: Structures) -> frozenset[str]:
    """Return every key of a structure; others are never told, for they may be values."""
    structure = structures.facts(oid)
    inner = {field.key for field in structure.inside(structure.root)}
    return frozenset({*inner, structure.root, "system", "code", "value", "display"})


@cache
def has_matters(structures: Structures, oid: str) -> bool:
    """Return whether bodies of a structure may tell a matter; of one not known they may."""
    return oid not in known(structures) or not MATTERS.isdisjoint(_keys(oid, structures))


def matters(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield key and value of every matter id of a body."""
    waiting: list[Any] = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
            for key in MATTERS & one.keys():
                value = one[key].get("value") if isinstance(one[key], dict) else None
                if isinstance(value, str):
                    yield key, value
