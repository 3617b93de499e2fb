"""The conditions under which fields of document structures are mandatory.

The national definitions state them in prose only; ``conditions.yaml`` states each of them
once, formally and in three languages, and names the fields it belongs to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from kirjaamo.classifications.structures import condition_reference as reference
from kirjaamo.classifications.structures import condition_schema as schema
from kirjaamo.classifications.structures.condition_forms import Context, Rule
from kirjaamo.classifications.structures.condition_paths import bind, expand, plain
from kirjaamo.messages import language
from kirjaamo.settings import read_yaml

OID_PREFIX = "1.2.246.537.6."
"""What the identifiers of every document structure begin with; left out in the file."""

UNKNOWN = Context()
"""A context that tells nothing."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short text in three languages."""

    fi: str
    sv: str
    en: str

    def __call__(self, chosen: str | None = None) -> str:
        """Return the text in *chosen*, or in the language in use."""
        return str(getattr(self, chosen or language()))


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition and the fields it belongs to.

    Attributes:
        text: What it demands, for a person.
        rules: What it demands, formally; paths start at the group of the field.
        fields: Patterns of paths per structure, the prefix of its OID left out.
        twins: Fields whose own text is missing; the text of the field beside names them.
        note: What is odd in the national text; for the reference page.
    """

    text: Text
    rules: tuple[Rule, ...]
    fields: dict[str, tuple[str, ...]]
    twins: dict[str, tuple[str, ...]] = {}
    note: str = ""


class Open(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields whose condition is not expressed, and why."""

    text: Text
    fields: dict[str, tuple[str, ...]]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conditions: dict[str, Condition]
    open: dict[str, Open]
    measured: dict[str, int]


@dataclass(frozen=True, slots=True)
class FieldCondition:
    """A condition bound to a field of a structure.

    Attributes:
        structure: OID of the structure version.
        path: The field, from the root key down, without marks of repetition.
        condition_id: Name of the condition.
        rule: What it demands; paths start at *scope*.
        scope: The group it looks at, with marks of repetition.
        target: The field below *scope*; empty when the rule speaks of other fields only.
    """

    structure: str
    path: str
    condition_id: str
    rule: Rule
    scope: str
    target: str

    @property
    def compiled(self) -> bool:
        """Return whether a schema can test it; otherwise only `evaluate` can."""
        return schema.is_compiled(self.rule)

    def text(self, chosen: str | None = None) -> str:
        """Return what it demands, in *chosen* or in the language in use."""
        return conditions()[self.condition_id].text(chosen)


@dataclass(frozen=True, slots=True)
class Violation:
    """A place of a document that breaks a condition; it holds no value.

    Attributes:
        path: JSON pointer of the field, or of the group whose fields break it together.
        condition_id: Name of the condition.
        rule: The word of the rule: ``required_if``, ``forbidden_if`` and so on.
    """

    path: str
    condition_id: str
    rule: str


@cache
def _file() -> _File:
    return read_yaml(files("kirjaamo.classifications.structures") / "conditions.yaml", _File)


def conditions() -> dict[str, Condition]:
    """Return every condition by its name."""
    return _file().conditions


def open_fields() -> dict[str, Open]:
    """Return the fields without a formal condition, by the reason."""
    return _file().open


def fields_of(patterns: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield the structure and the marked path of every field that *patterns* name."""
    for structure, written in patterns.items():
        for pattern in written:
            for path in expand(pattern):
                yield OID_PREFIX + structure, path


@cache
def _by_structure() -> dict[str, tuple[FieldCondition, ...]]:
    found: dict[str, list[FieldCondition]] = {}
    for name, condition in conditions().items():
        for patterns in (condition.fields, condition.twins):
            for structure, path in fields_of(patterns):
                found.setdefault(structure, []).extend(_bound(structure, path, name))
    return {oid: tuple(sorted(of, key=lambda one: one.path)) for oid, of in found.items()}


def _bound(structure: str, path: str, name: str) -> Iterator[FieldCondition]:
    for rule in conditions()[name].rules:
        scope, target, moved = bind(rule, path)
        yield FieldCondition(structure, plain(path), name, moved, scope, target)


def for_structure(oid: str) -> tuple[FieldCondition, ...]:
    """Return the conditions of a structure version, ordered by field."""
    return _by_structure().get(oid, ())


def evaluate(
    condition: FieldCondition, document: object, context: Context = UNKNOWN
) -> list[Violation]:
    """Return where *document* breaks the condition without doubt."""
    word = str(condition.rule.__struct_config__.tag)
    return [
        Violation(place + below, condition.condition_id, word)
        for place, group in reference.groups(document, condition.scope)
        for below in reference.broken(condition.rule, condition.target, group, context)
    ]


def not_run(
    condition: FieldCondition, document: object, context: Context = UNKNOWN
) -> list[str]:
    """Return the JSON pointers of the groups where a violation can be neither found nor ruled out."""
    return [
        place
        for place, group in reference.groups(document, condition.scope)
        if reference.doubtful(condition.rule, condition.target, group, context)
    ]


def check(oid: str, document: object, context: Context = UNKNOWN) -> list[Violation]:
    """Return every violation of a document, each once, in the order of fields."""
    found = (v for one in for_structure(oid) for v in evaluate(one, document, context))
    return list(dict.fromkeys(found))


def to_schema(condition: FieldCondition, context: Context = UNKNOWN) -> dict[str, Any] | None:
    """Return a JSON Schema fragment for whole documents, or None when only Python can tell.

    The fragment refers to `condition_schema.DEFINITIONS`; see `structure_schema`.
    """
    return schema.fragment(condition.rule, condition.scope, condition.target, context)


def structure_schema(oid: str, context: Context = UNKNOWN) -> dict[str, Any]:
    """Return one JSON Schema of every condition of a structure that a schema can test."""
    distinct = {(one.rule, one.scope, one.target): one for one in for_structure(oid)}
    made = (to_schema(one, context) for one in distinct.values())
    return schema.document_schema(fragment for fragment in made if fragment is not None)


def measures() -> dict[str, int]:
    """Return how many conditions there are and how many are expressed.

    ``conditions`` and ``texts`` count the fields and the distinct national texts of the
    structures that were current in the snapshot; the file states them, and a test counts
    them anew from the national definitions.
    """
    current = _file().measured
    return current | {"expressions": len(conditions()), "structures": len(_by_structure())}
