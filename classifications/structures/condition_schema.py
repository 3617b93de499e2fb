"""Conditions as JSON Schema (Draft 7), so that a fast validator can test them in bulk.

The schema accepts a document exactly when the reference finds no violation in it.  Tests
that compute with dates have no counterpart in a schema; their rules stay with the reference.
"""

from collections.abc import Iterable
from typing import Any, assert_never

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
    asked_by,
)
from kirjaamo.classifications.structures.condition_paths import steps

Schema = dict[str, Any]
Step = tuple[str, bool]

FILLED: Schema = {"$ref": "#/definitions/kirjaamo-filled"}
_ALWAYS: Schema = {}
_NEVER: Schema = {"not": {}}

DEFINITIONS: Schema = {
    "kirjaamo-filled": {
        "anyOf": [
            {"type": ["boolean", "number"]},
            {"type": "string", "pattern": "[^ \\t\\r\\n]"},
            {"type": "array", "contains": FILLED},
            {
                "type": "object",
                "not": {
                    "properties": {"system": True, "display": True},
                    "additionalProperties": {"not": FILLED},
                },
            },
        ]
    }
}
"""What the fragments refer to: a JSON value that says something."""


def is_compiled(rule: Rule) -> bool:
    """Return whether the rule can be a schema."""
    return not any(isinstance(test, Minor) for test in asked_by(rule))


def fragment(rule: Rule, scope: str, target: str, context: Context) -> Schema | None:
    """Return the rule as a schema for a whole document, or None; see `is_compiled`."""
    if not is_compiled(rule):
        return None
    schema: Schema = {"if": {"type": "object"}, "then": _demand(rule, target, context)}
    for key, repeats in reversed(steps(scope)):
        schema = {"properties": {key: {"items": schema} if repeats else schema}}
    return schema


def document_schema(fragments: Iterable[Schema]) -> Schema:
    """Return one schema that demands every one of *fragments*."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": DEFINITIONS,
        "allOf": list(fragments),
    }


def _demand(rule: Rule, target: str, context: Context) -> Schema:
    """Return what the group of the rule must be."""
    match rule:
        case RequiredIf(when):
            return {"if": _surely(when, context), "then": _required(steps(target))}
        case RequiredUnless(when):
            return {"if": _possibly(when, context), "else": _required(steps(target))}
        case ForbiddenIf(when):
            return {"if": _surely(when, context), "then": _forbidden(steps(target))}
        case AtLeastOneOf(paths, when):
            demand: Schema = {"anyOf": [_some(path, FILLED) for path in paths]}
            return demand if when is None else {"if": _surely(when, context), "then": demand}
        case MustHold(that):
            return _possibly(that, context)
        case _:
            assert_never(rule)


def _surely(test: Test, context: Context) -> Schema:
    """Return the schema of the groups whose answer is true."""
    match test:
        case Not(of):
            return {"not": _possibly(of, context)}
        case Every(of):
            return {"allOf": [_surely(inner, context) for inner in of]}
        case Some(of):
            return {"anyOf": [_surely(inner, context) for inner in of]}
        case Told(fact):
            return _ALWAYS if context.facts.get(fact) is True else _NEVER
        case HasClass():
            return _shows_class(test, context)
        case _:
            return _plain(test)


def _possibly(test: Test, context: Context) -> Schema:
    """Return the schema of the groups whose answer is not false."""
    match test:
        case Not(of):
            return {"not": _surely(of, context)}
        case Every(of):
            return {"allOf": [_possibly(inner, context) for inner in of]}
        case Some(of):
            return {"anyOf": [_possibly(inner, context) for inner in of]}
        case Told(fact):
            return _NEVER if context.facts.get(fact) is False else _ALWAYS
        case HasClass():
            return _may_have_class(test, context)
        case _:
            return _plain(test)


def _plain(test: Test) -> Schema:
    """Return the schema of a test that always has an answer."""
    match test:
        case Filled(path):
            return _some(path, FILLED)
        case Empty(path):
            return {"not": _some(path, FILLED)}
        case AnsweredYes(path):
            return _some(path, {"const": True})
        case AnsweredNo(path):
            return _some(path, {"const": False})
        case HasCode(path, codes):
            return _some(path, _with_member("code", codes))
        case _:
            raise TypeError(type(test).__name__)  # a test that `is_compiled` refuses


def _shows_class(test: HasClass, context: Context) -> Schema:
    known = context.classes.get(test.system, {})
    codes = sorted(
        frozenset[str]().union(*(known.get(name, frozenset()) for name in test.names))
    )
    shown = [_with_member("display", test.names)]
    coded = [_with_member("code", tuple(codes))] if codes else []
    return _some(test.path, {"anyOf": shown + coded})


def _may_have_class(test: HasClass, context: Context) -> Schema:
    shows = _shows_class(test, context)
    known = context.classes.get(test.system, {})
    if all(name in known for name in test.names):
        return shows
    return {"anyOf": [shows, _some(test.path, FILLED)]}


def _with_member(name: str, allowed: tuple[str, ...]) -> Schema:
    member: Schema = {"enum": list(allowed)}
    return {"type": "object", "required": [name], "properties": {name: member}}


def _some(path: str, wanted: Schema) -> Schema:
    """Return the schema of the groups in which a value at *path* is *wanted*."""
    schema = wanted
    for key, repeats in reversed(steps(path)):
        inner: Schema = {"type": "array", "contains": schema} if repeats else schema
        schema = {"type": "object", "required": [key], "properties": {key: inner}}
    return schema


def _required(way: tuple[Step, ...]) -> Schema:
    """Return the schema of the groups in which the field is filled, in every repeated item."""
    (key, repeats), rest = way[0], way[1:]
    if not rest:
        return {"required": [key], "properties": {key: FILLED}}
    inner = _required(rest)
    if repeats:
        return {"properties": {key: {"items": inner}}}
    return {"required": [key], "properties": {key: {"type": "object", **inner}}}


def _forbidden(way: tuple[Step, ...]) -> Schema:
    """Return the schema of the groups in which the field is nowhere filled."""
    (key, repeats), rest = way[0], way[1:]
    if not rest:
        return {"properties": {key: {"not": FILLED}}}
    inner = _forbidden(rest)
    return {"properties": {key: {"items": inner} if repeats else inner}}
