"""Paths of conditions: how they are written, and which group a condition looks at.

A path is keys joined with ``/``; ``[]`` after a key says that it repeats.  In a rule a path
is relative to the group of the field: ``../`` is the group around it, a leading ``/`` the
root group of the document.
"""

from collections.abc import Iterator
from functools import cache

from kirjaamo.classifications.structures.condition_forms import (
    AtLeastOneOf,
    MustHold,
    Rule,
    Told,
    asked_by,
    moved,
    paths_of,
)


def expand(pattern: str) -> Iterator[str]:
    """Yield every path of a pattern, each choice in braces in turn.

    >>> list(expand("a/{b,c[]}/d"))
    ['a/b/d', 'a/c[]/d']
    """
    before, brace, rest = pattern.partition("{")
    if not brace:
        yield pattern
        return
    choices, _, after = rest.partition("}")
    for choice in choices.split(","):
        yield from (before + choice + end for end in expand(after))


@cache
def steps(path: str) -> tuple[tuple[str, bool], ...]:
    """Return the keys of a path, each with whether it repeats.

    >>> steps("a[]/b")
    (('a', True), ('b', False))
    """
    keys = path.split("/") if path else []
    return tuple((key.removesuffix("[]"), key.endswith("[]")) for key in keys)


def plain(path: str) -> str:
    """Return the path without the marks of repetition.

    >>> plain("a[]/b")
    'a/b'
    """
    return path.replace("[]", "")


def parent(path: str) -> str:
    """Return the path of the group around a field."""
    return path.rpartition("/")[0]


def resolved(path: str, group: str) -> str:
    """Return a path of a rule from the root key down.

    >>> resolved("../c", "a/b[]")
    'a/c'
    >>> resolved("/c", "a/b[]")
    'a/c'
    """
    if path.startswith("/"):
        return group.partition("/")[0] + path
    while path.startswith("../"):
        path, group = path.removeprefix("../"), parent(group)
    return f"{group}/{path}"


def bind(rule: Rule, field: str) -> tuple[str, str, Rule]:
    """Return the group to look at, the field below it, and the rule with paths below it.

    The group is the innermost one that holds everything the rule speaks of.  A fact of the
    context belongs to the document as a whole, so the group is then the root.  A rule that
    names its own fields (`AtLeastOneOf`, `MustHold`) speaks of those only.

    >>> from kirjaamo.classifications.structures.condition_forms import AnsweredNo, RequiredIf
    >>> bind(RequiredIf(AnsweredNo("../heard")), "a/b[]/c/why")
    ('a/b[]', 'c/why', RequiredIf(when=AnsweredNo(path='heard')))
    """
    absolute = moved(rule, lambda path: resolved(path, parent(field)))
    groups = [parent(path) for path in paths_of(absolute)]
    if not isinstance(rule, AtLeastOneOf | MustHold):
        groups.append(parent(field))
    if any(isinstance(test, Told) for test in asked_by(rule)):
        groups.append(field.partition("/")[0])
    scope = _common(groups)
    target = field.removeprefix(f"{scope}/") if field.startswith(f"{scope}/") else ""
    return scope, target, moved(absolute, lambda path: path.removeprefix(f"{scope}/"))


def _common(groups: list[str]) -> str:
    """Return the innermost group that holds all of *groups*."""
    levels = zip(*(group.split("/") for group in groups), strict=False)
    shared: list[str] = []
    for level in levels:
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return "/".join(shared)
