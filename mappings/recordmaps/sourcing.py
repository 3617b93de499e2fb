"""From what a map says of one target to a function that gives its value for a case."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Field
from kirjaamo.mappings.recordmaps import shaping
from kirjaamo.mappings.recordmaps.computing import (
    Make,
    computation,
    is_minor,
    of_field,
    setting,
)
from kirjaamo.mappings.recordmaps.crossing import Crosswalk, crossed
from kirjaamo.mappings.recordmaps.model import Case, Source, When

Holds = Callable[[Case], bool]
"""Tells whether a condition is true of a case."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What sources are made from.

    Attributes:
        codes: The code lists.
        crosswalks: The crosswalks by name.
        of: Table of the map.
        document_type: Code of the structure's document type.
    """

    codes: Codes
    crosswalks: Mapping[str, Crosswalk]
    of: str
    document_type: str

    def value(self, source: Source, field: Field) -> Make:
        """Return what gives the value of *field*, shaped for the structure."""
        tried = tuple(self._one(one, field) for one in source.alternatives)
        make = tried[0] if len(tried) == 1 else _first(tried)
        return make if source.when is None or not source.first else _when(source.when, make)

    def _one(self, source: Source, field: Field) -> Make:
        if source.kind == "constant" and source.when is None:
            return self._constant(source, field)
        display = of_field(source.display) if source.display else None
        shape = shaping.shape(field, self.codes, display)
        if source.kind == "field" and not source.mapping:
            make = _shaped_field(source.field, shape)
        else:
            make = _shaped(self._raw(source), shape)
        return make if source.when is None else _when(source.when, make)

    def _constant(self, source: Source, field: Field) -> Make:
        """Shape a constant once; it does not depend on the case."""
        found = shaping.shape(field, self.codes)(source.constant, {})
        return lambda _: dict(found) if isinstance(found, dict) else found

    def _raw(self, source: Source) -> Make:
        match source.kind:
            case "field":
                return crossed(self.crosswalks, source.field, source.mapping, self.of)
            case "setting":
                return setting(source.setting, self.document_type)
            case "template":
                return _template(source.template, source.between)
            case "computed":
                return computation(source.computed).make(*source.of)
            case _:
                constant = source.constant
                return lambda _: constant


def holds(when: When) -> Holds:
    """Return what tells whether a condition is true of a case.

    A condition that needs what the case does not tell is not true.
    """
    filled = tuple(map(of_field, when.filled))
    empty = tuple(map(of_field, when.empty))
    equal = tuple((of_field(name), frozenset(said)) for name, said in when.equal.items())
    minor = tuple(map(of_field, when.minor or ()))

    def true(case: Case) -> bool:
        return (
            all(make(case) is not None for make in filled)
            and all(make(case) is None for make in empty)
            and all(make(case) in said for make, said in equal)
            and (not minor or is_minor(minor[0](case), minor[1](case)) is True)
        )

    return true


def _shaped(raw: Make, shape: shaping.Shape) -> Make:
    def make(case: Case) -> Any:  # noqa: ANN401 - any JSON value
        value = raw(case)
        return None if value is None else shape(value, case)

    return make


def _shaped_field(name: str, shape: shaping.Shape) -> Make:
    """Do what `_shaped` does with a field, a call less: most targets are fields."""
    table, _, key = name.partition(".")

    def make(case: Case) -> Any:  # noqa: ANN401 - any JSON value
        fields = case.get(table)
        value = fields.get(key) if fields else None
        return None if value is None or value == "" else shape(value, case)

    return make


def _when(when: When, make: Make) -> Make:
    true = holds(when)
    return lambda case: make(case) if true(case) else None


def _first(tried: tuple[Make, ...]) -> Make:
    def make(case: Case) -> Any:  # noqa: ANN401 - any JSON value
        for one in tried:
            found = one(case)
            if found is not None:
                return found
        return None

    return make


def _template(lines: tuple[str, ...], between: str) -> Make:
    made = tuple(map(_line, lines))

    def make(case: Case) -> str | None:
        return between.join(text for text in (line(case) for line in made) if text) or None

    return make


def _line(line: str) -> Make:
    """Give the text of one line, or nothing when one of its fields is not filled."""
    first, *rest = line.split("{")
    named = [
        (of_field(name), after) for name, _, after in (said.partition("}") for said in rest)
    ]

    def make(case: Case) -> str | None:
        said = first
        for field, after in named:
            value = field(case)
            text = None if value is None else shaping.text(_plain(value))
            if text is None:
                return None
            said += text + after
        return said

    return make


def _plain(value: Any) -> Any:  # noqa: ANN401 - any canonical value
    """Return the day of a moment; a template tells days."""
    return value.date() if isinstance(value, dt.datetime) else value
