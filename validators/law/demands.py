"""Demands of the law: fields that must be filled, where the structure leaves them optional.

A demand looks at a group and asks that one of some fields below it is filled.  The group is
the innermost one that the structure requires, or the one the rule names; where it is missing
there is nothing to say, for the structure family says it.
"""

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial

from kirjaamo.classifications.structures import Field, Structure, condition_reference
from kirjaamo.classifications.structures.checking import DEEPEST_OWN_DAY, OWN_DAY
from kirjaamo.classifications.structures.condition_forms import AtLeastOneOf, Context, Test
from kirjaamo.classifications.structures.condition_schema import fragment
from kirjaamo.classifications.structures.conditions import for_structure
from kirjaamo.documents.model import Document
from kirjaamo.rules import Demand, Hit

UNKNOWN = Context()

DAYS = (*OWN_DAY, "yhteydenoton_paivamaara", "vireilletulopaiva")
"""Keys of a document's own day, that of a contact or the beginning of a matter included."""


def named(structure: Structure, *keys: str) -> Iterator[Field]:
    """Yield the fields whose key is one of *keys*, in the order of the structure."""
    return (field for field in structure.fields if field.key in keys)


def demand(
    structure: Structure, *paths: str, within: str = "", when: Test | None = None
) -> Iterator[Demand]:
    """Yield the demand that one of *paths* is filled, unless the structure makes it itself.

    Args:
        structure: The structure.
        paths: Fields from the root key down; the first is where a finding points.
        within: The group in each occurrence of which it is demanded.
        when: What must be true of that group; its paths start there.
    """
    homes = [_home(structure, path, within) for path in paths]
    found = list(dict.fromkeys(homes))
    if not found or "" in found or _has_condition(structure, found):
        return
    scope = within or _scope(structure, found)
    places = tuple(
        _marked(structure, path)[len(_marked(structure, scope)) + 1 :] for path in found
    )
    rule, marked = AtLeastOneOf(places, when), _marked(structure, scope)
    schema = fragment(rule, marked, "", UNKNOWN)
    assert schema is not None, "asks no dates"  # noqa: S101 - by construction
    locate = partial(_locate, rule, marked, found[0].removeprefix(scope))
    yield Demand(schema, found[0], locate=locate)


def unless_told_outside(demands: Iterator[Demand]) -> Iterator[Demand]:
    """Yield demands that look at bare documents only.

    An archive document has a header that tells the same.
    """
    for found in demands:
        assert found.locate is not None, "made here"  # noqa: S101 - by construction
        yield dataclasses.replace(found, locate=partial(_in_bare, found.locate))


def _in_bare(locate: Callable[[Document], Iterator[Hit]], document: Document) -> Iterator[Hit]:
    if not document.metadata:
        yield from locate(document)


def _locate(rule: AtLeastOneOf, scope: str, below: str, document: Document) -> Iterator[Hit]:
    """Yield where the first field would stand, in every group that breaks the rule."""
    for place, group in condition_reference.groups(document.tree, scope):
        yield from (
            Hit(place + below) for _ in condition_reference.broken(rule, "", group, UNKNOWN)
        )


def _home(structure: Structure, path: str, within: str) -> str:
    """Return the innermost part of a path that may be left out, or "" when none may."""
    while path not in (structure.root, within):
        field = structure.field(path)
        if field is None or field.minimum == 0:
            return path
        path = field.parent
    return ""


def _has_condition(structure: Structure, paths: list[str]) -> bool:
    """Return whether a national condition speaks of one of the fields."""
    return any(condition.path in paths for condition in for_structure(structure.oid))


def _scope(structure: Structure, paths: list[str]) -> str:
    """Return the innermost required group that holds all of *paths*."""
    scope = structure.root
    for key in paths[0].split("/")[1:-1]:
        inner = f"{scope}/{key}"
        field = structure.field(inner)
        held = all(path.startswith(f"{inner}/") for path in paths)
        if not held or field is None or field.minimum == 0:
            break
        scope = inner
    return scope


def _marked(structure: Structure, path: str) -> str:
    """Return a path with the marks of repeating groups."""
    marked, plain = structure.root, structure.root
    for key in path.split("/")[1:]:
        plain = f"{plain}/{key}"
        field = structure.field(plain)
        repeats = field is not None and field.is_group and field.maximum != 1
        marked += f"/{key}[]" if repeats else f"/{key}"
    return marked


def own_days(structure: Structure) -> list[str]:
    """Return the paths of the document's own day, and of the days of its signatures."""
    return [
        field.path
        for field in structure.fields
        if (field.key in DAYS and field.depth <= DEEPEST_OWN_DAY and field.maximum == 1)
        or field.path == f"{structure.root}/allekirjoitus/paivamaara"
    ]


def decisions(structure: Structure, *keys: str) -> Iterator[Field]:
    """Yield the fields of a decision with one of *keys*, or all; nothing of other documents."""
    if structure.type == "Päätös":
        yield from named(structure, *keys) if keys else structure.fields


def is_assessment(structure: Structure) -> bool:
    """Return whether it is an assessment of the need for services."""
    return structure.name.fi.endswith("palvelutarpeen arvio")


def is_client_plan(structure: Structure) -> bool:
    """Return whether it is a client plan, not a plan for carrying out one service."""
    return structure.name.fi.lower().endswith("asiakassuunnitelma")
