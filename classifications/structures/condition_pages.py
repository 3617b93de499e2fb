"""The tables of ``docs/conditions.md``, made from the conditions themselves."""

from collections.abc import Iterator

from kirjaamo.classifications.structures.condition_forms import HasClass, Rule, Told, asked_by
from kirjaamo.classifications.structures.condition_schema import is_compiled
from kirjaamo.classifications.structures.conditions import (
    Condition,
    conditions,
    fields_of,
    measures,
    open_fields,
)


def summary() -> Iterator[str]:
    """Yield what is expressed, in numbers."""
    counted = measures()
    whole = [name for name, found in conditions().items() if all(map(is_compiled, found.rules))]
    yield "| what | count |"
    yield "| --- | --: |"
    yield f"| conditionally mandatory fields of current structures | {counted['conditions']} |"
    yield f"| of them with a formal condition | {counted['conditions_expressed']} |"
    yield f"| distinct national texts | {counted['texts']} |"
    yield f"| conditions | {counted['expressions']} |"
    yield f"| of them testable by schema | {len(whole)} |"
    yield f"| structure versions they belong to, obsolete ones included | {counted['structures']} |"


def catalogue() -> Iterator[str]:
    """Yield the table of every condition."""
    yield "| condition | what it demands | rules | fields | needs |"
    yield "| --- | --- | --- | --: | --- |"
    for name, found in conditions().items():
        rules = ", ".join(f"`{rule.__struct_config__.tag}`" for rule in found.rules)
        count = len([*fields_of(found.fields), *fields_of(found.twins)])
        yield f"| `{name}` | {found.text('en')} | {rules} | {count} | {_needs(found)} |"


def left_open() -> Iterator[str]:
    """Yield the table of fields without a formal condition."""
    yield "| structure | field | why |"
    yield "| --- | --- | --- |"
    for reason in open_fields().values():
        for oid, path in fields_of(reason.fields):
            yield f"| {oid} | `{path}` | {reason.text('en')} |"


def twins() -> Iterator[str]:
    """Yield the table of fields whose condition stands at the field beside."""
    yield "| structure | field | condition |"
    yield "| --- | --- | --- |"
    for name, found in conditions().items():
        for oid, path in fields_of(found.twins):
            yield f"| {oid} | `{path}` | `{name}` |"


def oddities() -> Iterator[str]:
    """Yield what is odd in the national texts, condition by condition."""
    for name, found in conditions().items():
        if found.note:
            yield f"* `{name}`: {found.note}"


def _needs(found: Condition) -> str:
    """Return what a condition needs beside the document."""
    return ", ".join(dict.fromkeys(need for rule in found.rules for need in _needed(rule)))


def _needed(rule: Rule) -> Iterator[str]:
    for test in asked_by(rule):
        match test:
            case Told(fact):
                yield f"`{fact}`"
            case HasClass(_, system):
                yield f"list {system}"
            case _:
                pass
    if not is_compiled(rule):
        yield "Python"
