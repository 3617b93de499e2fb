"""Making a document meet its conditions: filling what is missing, emptying what is too much."""

from collections.abc import Iterator
from typing import Any

from kirjaamo.classifications.structures.condition_forms import (
    AnsweredNo,
    AnsweredYes,
    AtLeastOneOf,
    Context,
    Empty,
    Every,
    Filled,
    ForbiddenIf,
    MustHold,
    Not,
    RequiredIf,
    RequiredUnless,
    Rule,
    Some,
    Test,
    Told,
)
from kirjaamo.classifications.structures.condition_paths import bind, plain, steps
from kirjaamo.classifications.structures.conditions import FieldCondition, evaluate
from kirjaamo.classifications.structures.model import Structure
from kirjaamo.samples.documents import vocabulary
from kirjaamo.samples.documents.draft import Draft
from kirjaamo.samples.documents.errors import UnsettledError
from kirjaamo.samples.documents.plan import Node, Plan, grow, whole

ROUNDS = 8
"""Times that all conditions are met in turn; one may undo another."""


def settle(plan: Plan, tree: dict[str, Any], draft: Draft) -> None:
    """Change *tree* until it meets every condition of its structure.

    Raises:
        UnsettledError: It does not; the data of the samples are then wrong.
    """
    known = Context(day=draft.day)
    for _ in range(ROUNDS):
        broken = False
        for condition in plan.conditions:
            for found in evaluate(condition, tree, known):
                broken = True
                _mend(plan, tree, draft, condition, found.path)
        if not broken:
            return
    raise UnsettledError(structure=plan.structure.oid)


def implied(structure: Structure, own: tuple[FieldCondition, ...]) -> Iterator[FieldCondition]:
    """Yield the conditions between a switch and its reason that a structure does not state."""
    stated = {condition.path for condition in own}
    for row in vocabulary.read().reasons:
        when = AnsweredYes(row.switch) if row.when else AnsweredNo(row.switch)
        other = AnsweredNo(row.switch) if row.when else AnsweredYes(row.switch)
        for field in structure.fields:
            beside = structure.field(f"{field.parent}/{row.switch}")
            if field.key == row.field and beside is not None and field.path not in stated:
                path = marked(structure, field.path)
                for rule in (RequiredIf(when), ForbiddenIf(other)):
                    yield _condition(structure.oid, path, rule)


def _condition(oid: str, path: str, rule: Rule) -> FieldCondition:
    scope, target, moved = bind(rule, path)
    return FieldCondition(oid, plain(path), "", moved, scope, target)


def marked(structure: Structure, path: str) -> str:
    """Return *path* with the marks of repetition."""
    keys = path.split("/")
    made = [keys[0]]
    for number in range(1, len(keys)):
        field = structure.field("/".join(keys[: number + 1]))
        repeats = field is not None and field.maximum != 1
        made.append(f"{keys[number]}[]" if repeats else keys[number])
    return "/".join(made)


def _mend(
    plan: Plan, tree: dict[str, Any], draft: Draft, condition: FieldCondition, place: str
) -> None:
    rule = condition.rule
    match rule:
        case RequiredIf() | RequiredUnless():
            fill(plan, tree, draft, place)
        case ForbiddenIf():
            empty(tree, place)
        case AtLeastOneOf(paths):
            fill(plan, tree, draft, f"{place}/{_one(plan, condition, paths, draft)}")
        case MustHold(that):
            _hold(plan, tree, draft, place, that)


def _one(plan: Plan, condition: FieldCondition, paths: tuple[str, ...], draft: Draft) -> str:
    """Return one of the paths that the structure has; more often the first."""
    known = [path for path in paths if plan.structure.field(plain(f"{condition.scope}/{path}"))]
    return known[int(draft.rng.random() ** 3 * len(known))].replace("[]", "/0")


def _hold(plan: Plan, tree: dict[str, Any], draft: Draft, place: str, test: Test) -> None:
    """Make a test true in the group at *place*."""
    match test:
        case Some(of):
            _hold(plan, tree, draft, place, next(t for t in reversed(of) if _can(t)))
        case Every(of):
            for inner in of:
                _hold(plan, tree, draft, place, inner)
        case AnsweredYes(path) | AnsweredNo(path):
            found = f"{place}/{path.replace('[]', '/0')}"
            fill(plan, tree, draft, found)
            put(tree, found, isinstance(test, AnsweredYes))
        case Filled(path):
            fill(plan, tree, draft, f"{place}/{path.replace('[]', '/0')}")
        case Empty(path):
            empty(tree, f"{place}/{steps(path)[0][0]}")
        case _:
            raise UnsettledError(structure=plan.structure.oid)


def _can(test: Test) -> bool:
    return not isinstance(test, Told | Not)


def fill(plan: Plan, tree: dict[str, Any], draft: Draft, place: str) -> None:
    """Give the field at a JSON pointer a value, making the groups on the way."""
    found: Any = tree
    node: Node | None = None
    keys = place.split("/")[1:]
    for number, key in enumerate(keys):
        if key.isdigit():
            found = found[int(key)]
            continue
        node = plan.root if node is None else node.node(key)
        if node is None:
            raise UnsettledError(structure=plan.structure.oid)
        is_last = all(rest.isdigit() for rest in keys[number + 1 :])
        if is_last:
            found[key] = whole(node, draft) or _something(node, draft)
            return
        if not found.get(key):
            found[key] = [grow(node, draft)] if node.many else grow(node, draft)
        found = found[key]


def _something(node: Node, draft: Draft) -> Any:  # noqa: ANN401 - a JSON value
    """Return a value of *node* that is not empty: a group gets its first field."""
    if node.make is not None:
        return node.make(draft)
    inner = node.inside[0]
    one = {inner.key: whole(inner, draft) or _something(inner, draft)}
    return [one] if node.many else one


def put(tree: dict[str, Any], place: str, value: object) -> None:
    """Put *value* at a JSON pointer."""
    group, key = reach(tree, place)
    group[key] = value


def empty(tree: dict[str, Any], place: str) -> None:
    """Take away what stands at a JSON pointer."""
    group, key = reach(tree, place)
    if isinstance(group, dict):
        group.pop(str(key), None)
    else:
        del group[int(key)]


def reach(tree: dict[str, Any], place: str) -> tuple[Any, str | int]:
    """Return the container and the key or index that a JSON pointer ends at."""
    *way, last = place.split("/")[1:]
    found: Any = tree
    for key in way:
        found = found[int(key)] if isinstance(found, list) else found.get(key, {})
    return found, int(last) if isinstance(found, list) else last
