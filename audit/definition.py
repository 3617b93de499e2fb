"""What a measure of recording quality is, and how a module becomes one.

A measure judges records one by one: a record shows the flaw, does not show it, or cannot be
judged.  Its share is the records that show the flaw of those that could be judged, so less is
always better.  A module has one function, ``judge``, under the decorator `measure`.

Positional parameters of ``judge`` name fields of the table, as in rules: ``value`` is the field
of the place.  Keyword-only parameters are given by name: ``rows`` (the records with the columns
of `kirjaamo.audit.ground`), ``as_of``, ``codes``, ``field``, ``table``, ``words`` and the
measure's own settings.
"""

import hashlib
import inspect
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.rules import Place, Setting

Judge = Callable[..., pl.Expr | pl.Series]


class Area(StrEnum):
    """The four areas of competence that were asked about in Kainuu's survey of 2019."""

    CONCEPTS = "concepts"
    PROCESS = "process"
    STRUCTURE = "structure"
    CONTENT = "content"


AREAS: Mapping[Area, str] = {
    Area.CONCEPTS: N_("Concepts and classification"),
    Area.PROCESS: N_("Phases of the client process"),
    Area.STRUCTURE: N_("Document structures"),
    Area.CONTENT: N_("Structured content"),
}
"""Area to its name."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure and everything the method page says about it.

    Attributes:
        code: ``RQ`` and three digits; never used again.
        name: Name of the module.
        area: Area of competence.
        places: The fields it judges, one for each table.
        judge: The function.
        version: Grows when the definition changes, so that a change of the measure is never
            taken for a change of quality.
        title: What is wrong, in a few words.
        about: Definition: what counts as the flaw, of which records.
        system: What part is caused by the system, which nobody who records can mend.
        advice: What to do.
        source: Law, guidance or our own judgement.
        severity: How much one such record matters.
        settings: Thresholds.
    """

    code: str
    name: str
    area: Area
    places: tuple[Place, ...]
    judge: Judge
    version: int
    title: str
    about: str
    system: str
    advice: str
    source: str
    severity: Severity
    settings: tuple[Setting, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables whose records it judges."""
        return tuple(place.table for place in self.places)

    def fields(self, place: Place) -> tuple[str, ...]:
        """Return the fields it needs at *place*."""
        named = [n for n, p in _parameters(self.judge).items() if p.kind is not p.KEYWORD_ONLY]
        return tuple(place.field if n == "value" else place.bound.get(n, n) for n in named)

    def given(self) -> tuple[str, ...]:
        """Return the names of what the function asks for by name."""
        found = _parameters(self.judge).items()
        return tuple(n for n, p in found if p.kind is p.KEYWORD_ONLY)

    def value_of(self, setting: str, thresholds: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: ANN401 - number or text
        """Return the workspace's threshold, or the default."""
        default = next(s.default for s in self.settings if s.name == setting)
        return thresholds.get(self.code, {}).get(setting, default)

    def definition(self, thresholds: Mapping[str, Mapping[str, Any]], words: str = "") -> str:
        """Return what tells this definition from another: version, and hash of thresholds.

        Args:
            thresholds: The workspace's thresholds.
            words: Hash of the lists of words, for a measure that uses them.
        """
        values = {s.name: self.value_of(s.name, thresholds) for s in self.settings}
        if "words" in self.given():
            values["words"] = words
        text = json.dumps(values, sort_keys=True)
        return f"{self.version}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _parameters(judge: Judge) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(judge).parameters


def measure(
    code: str,
    *,
    on: str | Place | tuple[str | Place, ...],
    **facts: Any,  # noqa: ANN401 - the facts of `Measure`
) -> Callable[[Judge], Measure]:
    """Turn ``judge`` into the measure *code*.

    Args:
        code: ``RQ`` and three digits; never used again.
        on: ``table.field``, a place, or several of them.
        facts: What every measure states; see `Measure`.
    """
    wanted = on if isinstance(on, tuple) else (on,)
    places = tuple(Place(one) if isinstance(one, str) else one for one in wanted)

    def made(judge: Judge) -> Measure:
        name = sys.modules[judge.__module__].__name__.rpartition(".")[2].replace("_", "-")
        return Measure(code=code, name=name, places=places, judge=judge, **facts)

    return made
