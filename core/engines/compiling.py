"""Document rules compiled for one structure: one validator, and the few tests that need Python.

The structure's own schema and every demand of every rule become one JSON Schema, each demand
woven in at the field it is about, so that a document is walked once.  A document that the
schema accepts has broken no demand, whatever their number; only a refused document is looked
at again, to say which rule and where.
"""

import dataclasses
import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from kirjaamo.documents.model import Document
from kirjaamo.documents.parsing import shortened
from kirjaamo.engines.narrowing import narrowed
from kirjaamo.engines.pack import Context, setting
from kirjaamo.engines.weaving import Woven, woven
from kirjaamo.rules import CannotRun, DayTest, Demand, Hit, Refusals, Rule

Test = Callable[[Document], Iterable[Hit]]
Schema = dict[str, Any]
Refusal = jsonschema_rs.ValidationError

ABOUT_KEYS = frozenset({"required", "additionalProperties"})
"""Keywords that refuse which keys an object has; every other one refuses a value."""

MANY = 1000
"""Items of arrays that are looked through for the places of a refused document."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the documents of one structure are held against.

    Attributes:
        structure: The structure.
        accepts: Whether a tree breaks neither the schema nor any demand.
        validator: The validator behind it, for saying where.
        demands: Rule and demand, in the order in which the rules gave them.
        woven: The schema, and where in it each demand stands.
        refusals: Keyword to the rule whose findings the base refusals are.
        tests: Rule and test, for what no schema can say.
        missing: Rules that cannot run on the structure, and why.
    """

    structure: Any
    accepts: Callable[[Any], bool]
    validator: jsonschema_rs.Draft7Validator
    demands: tuple[tuple[Rule, Demand], ...]
    woven: Woven
    refusals: Mapping[str, Rule]
    tests: tuple[tuple[Rule, Test], ...]
    missing: tuple[tuple[Rule, CannotRun], ...]

    def on(self, day: dt.date, as_of: dt.date) -> "Compiled":
        """Return the same without the tests that no document of *day* can fail."""
        tests = tuple(
            (rule, test)
            for rule, test in self.tests
            if not isinstance(test, DayTest) or test.wrong(day, as_of)
        )
        return dataclasses.replace(self, tests=tests)


def compiled(  # noqa: PLR0913 - each is a fact of the structure or of the run
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
    made = woven(base, [narrowed(demand.schema, base, definitions) for _, demand in demands])
    validator = _validator(made, definitions, formats, [demand for _, demand in demands])
    return Compiled(
        structure, validator.is_valid, validator, tuple(demands), made, refusals,
        tuple(tests), tuple(missing),
    )  # fmt: skip


def _validator(
    made: Woven,
    definitions: Schema,
    formats: Mapping[str, Callable[[str], bool]],
    demands: Iterable[Demand],
) -> jsonschema_rs.Draft7Validator:
    schema = made.schema | {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": definitions,
    }
    named = dict(formats)
    for demand in demands:
        named |= demand.formats
    return jsonschema_rs.Draft7Validator(schema, validate_formats=True, formats=named)


def _compile(rule: Rule, structure: Any, context: Context) -> Iterator[Any]:  # noqa: ANN401 - structures stand in a room above
    """Return what *rule* yields for *structure*, given what it asks for by name."""
    named = [
        p.name
        for p in inspect.signature(rule.check).parameters.values()
        if p.kind is p.KEYWORD_ONLY
    ]
    given = {"as_of": context.as_of, "codes": context.codes}
    arguments = {n: given[n] if n in given else setting(rule, n, context) for n in named}
    yield from rule.check(structure, **arguments)


def hits(made: Compiled, document: Document, *, accepted: bool) -> list[tuple[Rule, Hit]]:
    """Return every place where *document* breaks a rule, each once.

    Args:
        made: The compiled rules of its structure.
        document: The document.
        accepted: What ``made.accepts`` said of it.

    Raises:
        Damaged: It is nested deeper than any structure.
    """
    found = [] if accepted else _refused(made, document)
    for rule, test in made.tests:
        if places := test(document):
            found += [(rule, hit) for hit in places]
    if not found:
        return []
    once: dict[tuple[str, str], tuple[Rule, Hit]] = {}
    for rule, hit in found:
        once.setdefault((rule.code, hit.path), (rule, hit))
    return list(once.values())


def _refused(made: Compiled, document: Document) -> list[tuple[Rule, Hit]]:
    """Return the findings behind the validator's refusal.

    What the structure itself refuses at a place is not judged again by a demand.
    """
    own: list[tuple[Rule, Hit]] = []
    values: set[str] = set()
    asked: list[tuple[Rule, Hit]] = []
    for error in _refusals(made, document.tree):
        number = made.woven.demand_at(error.evaluation_path)
        if number is not None:
            asked += _broken(made.demands[number], error, document)
            continue
        keyword = str(error.schema_path[-1])
        if keyword not in ABOUT_KEYS:
            values.add(pointer(error.instance_path))
        own += _base(made, error, keyword)
    return own + [(rule, hit) for rule, hit in asked if hit.path not in values]


def _refusals(made: Compiled, tree: object) -> list[Refusal]:
    """Return why the validator refuses a tree.

    The validator counts up every reason at once; of huge arrays it is given the first items
    only, and when these are in order, the first reason of all.
    """
    found = list(made.validator.iter_errors(shortened(tree, MANY)))
    if not found:
        try:
            made.validator.validate(tree)
        except Refusal as first:
            found.append(first)
    return found


def _broken(
    asked: tuple[Rule, Demand], error: Refusal, document: Document
) -> Iterator[tuple[Rule, Hit]]:
    """Yield the findings behind the refusal of a demand."""
    rule, demand = asked
    if demand.locate is not None:
        yield from ((rule, hit) for hit in demand.locate(document))
        return
    missing = _names(error, "required") if error.schema_path[-1] == "required" else []
    place = pointer([*error.instance_path, *missing]) or (demand.path and "/" + demand.path)
    yield rule, Hit(place, demand.parameters)


def _base(made: Compiled, error: Refusal, keyword: str) -> Iterator[tuple[Rule, Hit]]:
    """Yield the finding behind a refusal of the structure's own schema."""
    about = "/".join(str(word) for word in error.schema_path[-2:])
    rule = made.refusals.get(about) or made.refusals.get(keyword)
    if rule is None:
        return
    for name in _names(error, keyword) or [""]:
        place = [*error.instance_path, *([name] if name else [])]
        yield rule, Hit(pointer(place))


def _names(error: Refusal, keyword: str) -> list[str]:
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
