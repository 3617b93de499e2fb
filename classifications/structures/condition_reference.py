"""The meaning of conditions, in plain Python: what every other evaluator must agree with.

Answers are true, false or None (not known), joined as Kleene joined them: a doubt that
cannot change the outcome is no doubt.
"""

from collections.abc import Iterator
from typing import Any, assert_never

from kirjaamo.classifications.structures.condition_ages import date_of, is_minor
from kirjaamo.classifications.structures.condition_forms import (
    AnsweredNo,
    AnsweredYes,
    AtLeastOneOf,
    Context,
    Empty,
    Every,
    Filled,
    ForbiddenIf,
    HasClass,
    HasCode,
    Minor,
    MustHold,
    Not,
    RequiredIf,
    RequiredUnless,
    Rule,
    Some,
    Test,
    Told,
)
from kirjaamo.classifications.structures.condition_paths import steps

Answer = bool | None
Step = tuple[str, bool]

_ABOUT_THE_VALUE = frozenset({"system", "display"})  # members that name a value, not values


def is_filled(value: object) -> bool:
    """Return whether a JSON value says something.

    Blank text, null, and lists and groups in which nothing is filled say nothing; a switch
    and a number always do.  A code system without a code is not a value.

    >>> is_filled({"system": "urn:oid:1.2", "value": ""}), is_filled(False)
    (False, True)
    """
    match value:
        case None:
            return False
        case str():
            return bool(value.strip(" \t\r\n"))
        case list():
            return any(map(is_filled, value))
        case dict():
            return any(is_filled(v) for k, v in value.items() if k not in _ABOUT_THE_VALUE)
        case _:
            return True


def groups(document: object, scope: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every group at the path *scope*, with its JSON pointer."""
    yield from _groups(document, "", steps(scope))


def _groups(
    value: object, place: str, way: tuple[Step, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(value, dict):
        return
    if not way:
        yield place, value
        return
    (key, repeats), rest = way[0], way[1:]
    inner = value.get(key)
    for number, item in enumerate(inner if repeats and isinstance(inner, list) else ()):
        yield from _groups(item, f"{place}/{key}/{number}", rest)
    if not repeats:
        yield from _groups(inner, f"{place}/{key}", rest)


def values(group: object, path: str) -> Iterator[object]:
    """Yield every value at *path* below *group*, through every item of repeating groups."""
    found: list[object] = [group]
    for key, repeats in steps(path):
        inner = [item[key] for item in found if isinstance(item, dict) and key in item]
        if repeats:
            inner = [item for items in inner if isinstance(items, list) for item in items]
        found = inner
    yield from found


def answer(test: Test, group: dict[str, Any], context: Context) -> Answer:  # noqa: PLR0911 - one per test
    """Return the answer of *group* to *test*."""
    match test:
        case Not(of):
            inner = answer(of, group, context)
            return None if inner is None else not inner
        case Every(of):
            return _all(answer(inner, group, context) for inner in of)
        case Some(of):
            return _any(answer(inner, group, context) for inner in of)
        case Told(fact):
            return context.facts.get(fact)
        case HasClass():
            return _has_class(test, group, context)
        case Minor():
            return _is_minor(test, group, context)
        case _:
            return _certain(test, values(group, test.path))


def _certain(
    test: Filled | Empty | AnsweredYes | AnsweredNo | HasCode, found: Iterator[object]
) -> bool:
    """Return the answer to a test that always has one, from the values at its path."""
    match test:
        case Filled():
            return any(map(is_filled, found))
        case Empty():
            return not any(map(is_filled, found))
        case AnsweredYes():
            return any(value is True for value in found)
        case AnsweredNo():
            return any(value is False for value in found)
        case HasCode(_, codes):
            return any(_member(value, "code") in codes for value in found)
        case _:
            assert_never(test)


def broken(rule: Rule, target: str, group: dict[str, Any], context: Context) -> Iterator[str]:
    """Yield where below *group* the rule is broken without doubt, as JSON pointers."""
    if _applies(rule, group, context):
        yield from _offending(rule, target, group)


def doubtful(rule: Rule, target: str, group: dict[str, Any], context: Context) -> bool:
    """Return whether the rule may be broken, and what it hangs on is not known."""
    in_doubt = _applies(rule, group, context) is None
    return in_doubt and any(True for _ in _offending(rule, target, group))


def _applies(rule: Rule, group: dict[str, Any], context: Context) -> Answer:
    """Return whether *group* is one that the rule forbids to be as it is."""
    match rule:
        case RequiredIf(when) | ForbiddenIf(when):
            return answer(when, group, context)
        case RequiredUnless(when) | MustHold(when):
            return answer(Not(when), group, context)
        case AtLeastOneOf(_, when):
            return True if when is None else answer(when, group, context)
        case _:
            assert_never(rule)


def _offending(rule: Rule, target: str, group: dict[str, Any]) -> Iterator[str]:
    """Yield the places that break a rule which applies."""
    match rule:
        case RequiredIf() | RequiredUnless():
            yield from _missing(group, "", steps(target))
        case ForbiddenIf():
            yield from _present(group, "", steps(target))
        case AtLeastOneOf(paths):
            filled = (is_filled(value) for path in paths for value in values(group, path))
            yield from () if any(filled) else ("",)
        case MustHold():
            yield ""
        case _:
            assert_never(rule)


def _missing(group: dict[str, Any], place: str, way: tuple[Step, ...]) -> Iterator[str]:
    """Yield where a field is missing; a group on the way that is missing misses the field."""
    (key, repeats), rest = way[0], way[1:]
    inner, here = group.get(key), f"{place}/{key}"
    if not rest:
        yield from () if is_filled(inner) else (here,)
    elif not repeats:
        full = "".join(f"/{key}" for key, _ in rest)
        yield from _missing(inner, here, rest) if isinstance(inner, dict) else (here + full,)
    else:
        for number, item in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(item, dict):
                yield from _missing(item, f"{here}/{number}", rest)


def _present(group: dict[str, Any], place: str, way: tuple[Step, ...]) -> Iterator[str]:
    """Yield where a field is filled."""
    (key, _), container = way[-1], way[:-1]
    for here, found in _groups(group, place, container):
        if is_filled(found.get(key)):
            yield f"{here}/{key}"


def _has_class(test: HasClass, group: dict[str, Any], context: Context) -> Answer:
    known = context.classes.get(test.system, {})
    codes = frozenset().union(*(known.get(name, ()) for name in test.names))
    found = list(values(group, test.path))
    if any(_member(v, "code") in codes or _member(v, "display") in test.names for v in found):
        return True
    return (
        False
        if all(name in known for name in test.names) or not any(map(is_filled, found))
        else None
    )


def _is_minor(test: Minor, group: dict[str, Any], context: Context) -> Answer:
    """Return whether the person is a minor; not known when several persons differ in it."""
    stated = [day for value in values(group, test.day) if (day := date_of(value)) is not None]
    day = stated[0] if stated else context.day
    born = {date_of(value) for value in values(group, test.born) if is_filled(value)}
    answers = {None if day is None or birth is None else is_minor(birth, day) for birth in born}
    return answers.pop() if len(answers) == 1 else None


def _member(value: object, name: str) -> object:
    """Return a text member of an object, or None."""
    member = value.get(name) if isinstance(value, dict) else None
    return member if isinstance(member, str) else None


def _all(answers: Iterator[Answer]) -> Answer:
    found = set(answers)
    return False if False in found else None if None in found else True


def _any(answers: Iterator[Answer]) -> Answer:
    found = set(answers)
    return True if True in found else None if None in found else False
