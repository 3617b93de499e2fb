"""The national conditions of a structure as demands and tests, for the rules about them."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import polars as pl
from msgspec.structs import replace

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structure, conditions
from kirjaamo.classifications.structures.condition_forms import Context, HasClass, asked_by
from kirjaamo.classifications.structures.conditions import FieldCondition
from kirjaamo.documents.model import Document
from kirjaamo.rules import Demand, Hit

Found = Demand | Callable[[Document], Iterator[Hit]]


def broken(structure: Structure, codes: Codes, words: frozenset[str]) -> Iterator[Found]:
    """Yield what the conditions of a structure ask, those whose rule has one of *words*."""
    stated = [one for one in conditions.for_structure(structure.oid) if _word(one) in words]
    context = Context(classes=_classes(stated, codes))
    distinct = {(one.rule, one.scope, one.target): one for one in stated}
    for condition in distinct.values():
        locate = partial(_places, condition, context)
        schema = conditions.to_schema(condition, context)
        yield locate if schema is None else Demand(schema, condition.path, {}, locate)


def _word(condition: FieldCondition) -> str:
    return str(condition.rule.__struct_config__.tag)


def _places(condition: FieldCondition, context: Context, document: Document) -> Iterator[Hit]:
    """Yield where a document breaks a condition; ages are those on the document's own day."""
    known = replace(context, day=document.day)
    for one in conditions.evaluate(condition, document.tree, known):
        yield Hit(one.path, {"condition": one.condition_id})


def _classes(stated: list[FieldCondition], codes: Codes) -> dict[str, Any]:
    """Return, for every code list that the conditions ask of, the codes of each class name."""
    asked = (test for one in stated for test in asked_by(one.rule))
    systems = dict.fromkeys(test.system for test in asked if isinstance(test, HasClass))
    return {system: _names(codes, system) for system in systems}


@cache
def _names(codes: Codes, system: str) -> dict[str, frozenset[str]]:
    found = codes.find(system)
    if found is None or not found.has_codes:
        return {}
    sure = found.frame.filter(pl.col("confidence") != "uncertain")
    named = sure.group_by("name_fi").agg("code").sort("name_fi")
    return {name: frozenset(of) for name, of in named.iter_rows()}
