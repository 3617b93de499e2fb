"""Document rules compiled for one structure: one validator, and the few tests that need Python.

The structure's own schema and every demand of every rule become one JSON Schema.  A document
that it accepts has broken none of them, whatever their number; only a refused document is
looked at again, to say which rule and where.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from kirjaamo.documents.model import Document
from kirjaamo.engines.pack import Context, setting
from kirjaamo.rules import CannotRun, Demand, Hit, Refusals, Rule

Test = Callable[[Document], Iterable[Hit]]
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the documents of one structure are held against.

    Attributes:
        structure: The structure.
        accepts: Whether a tree breaks neither the schema nor any demand.
        validator: The validator behind it, for saying where.
        demands: Rule and demand, in the order of the schema's ``allOf`` after the base.
        refusals: Keyword to the rule whose findings the base refusals are.
        tests: Rule and test, for what no schema can say.
        missing: Rules that cannot run on the structure, and why.
    """

    structure: Any
    accepts: Callable[[Any], bool]
    validator: Any
    demands: tuple[tuple[Rule, Demand], ...]
    refusals: Mapping[str, Rule]
    tests: tuple[tuple[Rule, Test], ...]
    missing: tuple[tuple[Rule, CannotRun], ...]


def compiled(
    structure: Any,  # noqa: ANN401 - a structure of the classifications, an upper room
    base: Schema,
    rules: Iterable[Rule],
    context: Context,
    *,
    definitions: Schema,
    formats: Mapping[str, Callable[[str], bool]],
) -> Compiled:
    """Return the rules compiled for *structure*.

    Args:
        structure: The structure.
        base: Its own JSON Schema.
        rules: The document rules that apply on the day of the documents.
        context: What rules may ask for by name.
        definitions: What demands may refer to.
        formats: Checks of texts that no pattern can make.
    """
    demands: list[tuple[Rule, Demand]] = []
    tests: list[tuple[Rule, Test]] = []
    refusals: dict[str, Rule] = {}
    missing: list[tuple[Rule, CannotRun]] = []
    for rule in rules:
        try:
            for found in _compile(rule, structure, context):
                match found:
                    case Demand():
                        demands.append((rule, found))
                    case Refusals(keywords):
                        refusals |= dict.fromkeys(keywords, rule)
                    case _:
                        tests.append((rule, found))
        except CannotRun as reason:
            missing.append((rule, reason))
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": definitions,
        "allOf": [base, *(demand.schema for _, demand in demands)],
    }
    named = dict(formats)
    for _, demand in demands:
        named |= demand.formats
    validator = jsonschema_rs.Draft7Validator(schema, validate_formats=True, formats=named)
    return Compiled(
        structure, validator.is_valid, validator, tuple(demands), refusals, tuple(tests),
        tuple(missing),
    )  # fmt: skip


def _compile(rule: Rule, structure: Any, context: Context) -> Iterator[Any]:  # noqa: ANN401
    """Return what *rule* yields for *structure*, given what it asks for by name."""
    named = [
        p.name
        for p in inspect.signature(rule.check).parameters.values()
        if p.kind is p.KEYWORD_ONLY
    ]
    given = {"as_of": context.as_of, "codes": context.codes}
    arguments = {n: given[n] if n in given else setting(rule, n, context) for n in named}
    yield from rule.check(structure, **arguments)


def hits(made: Compiled, document: Document) -> Iterator[tuple[Rule, Hit]]:
    """Yield every place where *document* breaks a rule, each once."""
    seen: set[tuple[str, str]] = set()
    for rule, hit in _all(made, document):
        if (rule.code, hit.path) not in seen:
            seen.add((rule.code, hit.path))
            yield rule, hit


def _all(made: Compiled, document: Document) -> Iterator[tuple[Rule, Hit]]:
    if not made.accepts(document.tree):
        for error in made.validator.iter_errors(document.tree):
            yield from _explained(made, error, document)
    for rule, test in made.tests:
        for hit in test(document):
            yield rule, hit


def _explained(
    made: Compiled, error: "jsonschema_rs.ValidationError", document: Document
) -> Iterator[tuple[Rule, Hit]]:
    """Yield the findings behind one refusal of the validator."""
    _, number, *keywords = error.schema_path
    if number == 0:
        yield from _base(made, error, [str(word) for word in keywords])
        return
    rule, demand = made.demands[int(number) - 1]
    if demand.locate is not None:
        yield from ((rule, hit) for hit in demand.locate(document))
        return
    place = demand.path and "/" + demand.path
    yield rule, Hit(pointer(error.instance_path) or place, demand.parameters)


def _base(
    made: Compiled, error: "jsonschema_rs.ValidationError", keywords: list[str]
) -> Iterator[tuple[Rule, Hit]]:
    """Yield the finding behind a refusal of the structure's own schema."""
    keyword = keywords[-1] if keywords else ""
    rule = made.refusals.get("/".join(keywords[-2:])) or made.refusals.get(keyword)
    if rule is None:
        return
    for name in _names(error, keyword) or [""]:
        place = [*error.instance_path, *([name] if name else [])]
        yield rule, Hit(pointer(place))


def _names(error: "jsonschema_rs.ValidationError", keyword: str) -> list[str]:
    """Return the keys that a refusal is about, where it is about keys."""
    match keyword:
        case "required":
            return [str(getattr(error.kind, "property", ""))]
        case "additionalProperties":
            return ["*"]  # the key is the document's own text and stays there
        case _:
            return []


def pointer(path: Iterable[str | int]) -> str:
    """Return a JSON pointer.

    >>> pointer(["a", 0, "b"])
    '/a/0/b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)
