"""An XML instance as the rules look at it: everything with its line, nothing judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import polars as pl

from kirjaamo.finance.instances.prolog import Prolog

FACTS: Final = pl.Schema(
    {
        "line": pl.UInt64,
        "metric": pl.String,  # with its prefix as it is told here
        "context": pl.String,  # as it stands; null where there is none
        "unit": pl.String,
        "decimals": pl.String,
        "precision": pl.String,
        "nil": pl.Boolean,
        "id": pl.String,
        "value": pl.String,  # as it stands, spaces included; null where it is empty
    }
)
"""A fact as an instance writes it."""


class Context(NamedTuple):
    """A context.

    Attributes:
        id: Its identifier.
        line: Where it begins.
        scheme: Scheme of the filer's code.
        entity: The filer's code.
        period: ``2026-12-31``, ``start/end`` or ``forever``, as it stands.
        place: Dimensions with members, canonical: ``|dim(member)|dim(member)``.
        segment: Whether something stands in the segment.
        other: Whether the scenario holds more than members.
    """

    id: str
    line: int
    scheme: str
    entity: str
    period: str
    place: str
    segment: bool
    other: bool


class Unit(NamedTuple):
    """A unit: its identifier, where it begins, its measures, whether it is a quotient."""

    id: str
    line: int
    measures: tuple[str, ...]
    divided: bool


class Indicator(NamedTuple):
    """A filing indicator: where it stands, the table, its context, whether it is filed."""

    line: int
    code: str
    context: str
    filed: bool


class Part(NamedTuple):
    """Any other element below the root: where it stands, its name with prefix, its attributes."""

    line: int
    name: str
    attributes: Mapping[str, str]


@dataclass(slots=True, eq=False)
class Looked:
    """An XML instance, read whole.

    Attributes:
        file: Name of the file.
        prolog: How it begins.
        namespaces: Prefix to namespace as the root declares them.
        names: Prefix to namespace as names are told here.
        attributes: Attributes of the root; names with standard prefixes.
        below: Prefixes that are declared below the root, with lines.
        used: Prefixes that anything names.
        spread: Attributes of other elements that only the root of a schema may have: line, name.
        contexts, units, indicators, parts: What stands below the root.
        facts: The facts; see `FACTS`.
        typed: Open dimension to the element that holds its value.
    """

    file: str
    prolog: Prolog
    namespaces: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    below: list[tuple[int, str]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    spread: list[tuple[int, str]] = field(default_factory=list)
    contexts: list[Context] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    facts: pl.DataFrame = field(default_factory=FACTS.to_frame)
    typed: dict[str, str] = field(default_factory=dict)
