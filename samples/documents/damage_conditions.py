"""Damage that only a condition of the structure, or the law, forbids."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from kirjaamo.classifications.structures.condition_forms import (
    AnsweredNo,
    AtLeastOneOf,
    ForbiddenIf,
    HasCode,
    MustHold,
    RequiredIf,
    RequiredUnless,
    asked_by,
    paths_of,
)
from kirjaamo.classifications.structures.condition_paths import plain
from kirjaamo.classifications.structures.condition_reference import groups
from kirjaamo.classifications.structures.conditions import FieldCondition, evaluate
from kirjaamo.classifications.structures.model import Kind
from kirjaamo.samples.documents.scenes import Edit, Scene, Site, copied
from kirjaamo.samples.documents.settling import empty, fill, put

OTHER = "99"
"""The code of "other" in most code lists."""

DECISION = "Päätös"
"""The type of the structures whose content the law prescribes."""

Tree = dict[str, Any]
Change = Callable[[Tree], None]


def conditional_field_missing(scene: Scene) -> Iterator[Edit]:
    """Take away a field that a condition requires."""
    for condition in _stated(scene, RequiredIf, RequiredUnless):
        for site in scene.sites:
            if site.field.path == condition.path and _is_free(site):
                yield from _breaking(scene, condition, partial(empty, place=site.pointer))


def one_of_fields_missing(scene: Scene) -> Iterator[Edit]:
    """Take away every one of the fields of which one is required."""
    for condition in _stated(scene, AtLeastOneOf):
        found = [site for site in _read(scene, condition) if isinstance(site.key, str)]
        if found and all(map(_is_free, found)):
            change = partial(_empty, places=[site.pointer for site in found])
            yield from _breaking(scene, condition, change)


def forbidden_field_filled(scene: Scene) -> Iterator[Edit]:
    """Fill a field that a condition forbids."""
    for condition in _stated(scene, ForbiddenIf):
        target = condition.target.removesuffix("[]")
        for place, _ in groups(scene.tree, condition.scope):
            if "[]" not in target:
                change = partial(_fill, scene=scene, place=f"{place}/{target}")
                yield from _breaking(scene, condition, change)


def other_condition_broken(scene: Scene) -> Iterator[Edit]:
    """Answer no to every question of which one must be answered yes."""
    for condition in _stated(scene, MustHold):
        found = [s for s in _read(scene, condition) if s.field.kind is Kind.BOOLEAN]
        change = partial(_answer_no, places=[site.pointer for site in found])
        yield from _breaking(scene, condition, change)


def other_without_text(scene: Scene) -> Iterator[Edit]:
    """Choose "other" (*Muu*) and leave untold what it is."""
    for condition, site, test, reason in _asked(scene, HasCode):
        code = test.codes[0]
        known = next((c.fi for c in site.field.codes if c.code == code), None)
        name = known or ("Muu" if code == OTHER else "")
        if "muu" not in name.lower():
            continue
        value = site.value | {"code": code, "display": name}
        change = partial(_put_and_empty, place=site.pointer, value=value, other=reason)
        yield from _breaking(scene, condition, change)


def not_heard_without_reason(scene: Scene) -> Iterator[Edit]:
    """Answer that somebody was not heard, and give no reason."""
    for condition, site, test, reason in _asked(scene, AnsweredNo):
        if test.path == "suoritettu":
            change = partial(_put_and_empty, place=site.pointer, value=False, other=reason)
            yield from _breaking(scene, condition, change)


def without(pattern: str) -> Callable[[Scene], Iterator[Edit]]:
    """Return what takes from a decision the optional fields whose paths fit *pattern*."""

    def removals(scene: Scene) -> Iterator[Edit]:
        if scene.structure.type != DECISION:
            return
        for site in scene.sites:
            below = site.field.path.partition("/")[2]
            if _is_free(site) and isinstance(site.key, str) and re.search(pattern, below):
                yield site.remove()

    return removals


def _stated(scene: Scene, *kinds: type) -> Iterator[FieldCondition]:
    """Yield the conditions of some kinds that the structure itself states."""
    stated = (one for one in scene.plan.conditions if one.condition_id)
    return (one for one in stated if isinstance(one.rule, kinds))


def _read(scene: Scene, condition: FieldCondition) -> list[Site]:
    """Return the fields that a condition reads."""
    paths = {plain(f"{condition.scope}/{path}") for path in paths_of(condition.rule)}
    return [site for site in scene.sites if site.field.path in paths]


def _asked(scene: Scene, kind: type[Any]) -> Iterator[tuple[FieldCondition, Site, Any, str]]:
    """Yield conditions that ask something of a field beside their own, with both places."""
    for condition in _stated(scene, RequiredIf):
        for test in asked_by(condition.rule):
            if isinstance(test, kind) and "/" not in f"{condition.target}{test.path}":
                path = plain(f"{condition.scope}/{test.path}")
                for site in scene.sites:
                    if site.field.path == path and not site.is_array:
                        group = site.pointer.rsplit("/", 2 if site.node.many else 1)[0]
                        yield condition, site, test, f"{group}/{condition.target}"


def _is_free(site: Site) -> bool:
    return not site.field.minimum


def _breaking(scene: Scene, condition: FieldCondition, change: Change) -> Iterator[Edit]:
    """Yield the edit that does *change*, if the document then breaks the condition."""
    tried = copied(scene.tree)
    change(tried)
    for found in evaluate(condition, tried)[:1]:
        yield found.path, partial(change, scene.tree)


def _empty(tree: Tree, places: list[str]) -> None:
    for place in reversed(places):
        empty(tree, place)


def _answer_no(tree: Tree, places: list[str]) -> None:
    for place in places:
        put(tree, place, value=False)


def _fill(tree: Tree, scene: Scene, place: str) -> None:
    plan = scene.plan
    fill(plan, tree, plan.draft(scene.rng, 0.0, scene.day(), ""), place)


def _put_and_empty(tree: Tree, place: str, value: object, other: str) -> None:
    put(tree, place, value)
    empty(tree, other)
