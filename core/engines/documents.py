"""Checking documents: bytes to findings, structure by structure.

Rules are compiled for a structure when its first document comes, once in each process.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kirjaamo.documents.model import Document, Raw
from kirjaamo.documents.parsing import Damaged, parse
from kirjaamo.engines.compiling import Compiled, compiled, hits
from kirjaamo.engines.pack import Context
from kirjaamo.rules import Rule

UNREADABLE, UNKNOWN = "ST001", "ST002"
"""The rules whose findings the engine itself makes: bytes that are no document, and documents
of no known structure."""


class Library(Protocol):
    """The national structures, as the engine needs them."""

    def identify(self, oid: str, tree: Mapping[str, Any], day: dt.date) -> str | None:
        """Return the OID of the structure of a document, or None."""

    def day(self, oid: str, tree: Mapping[str, Any]) -> dt.date | None:
        """Return the day of a document: that of its signature."""

    def get(self, oid: str) -> Any:  # noqa: ANN401 - a structure of the classifications
        """Return a structure."""

    def base(self, oid: str) -> dict[str, Any]:
        """Return the JSON Schema of a structure."""

    def definitions(self) -> dict[str, Any]:
        """Return what the demands of rules may refer to."""

    def formats(self, oid: str) -> Mapping[str, Callable[[str], bool]]:
        """Return the checks of texts that no pattern can make."""

    def field_name(self, oid: str, pointer: str) -> str:
        """Return the name of the field at a JSON pointer."""


Finding = tuple[str, str, str, str]
"""Structure, JSON pointer, code of the rule, and parameters as a JSON object or ""."""


@dataclass(slots=True)
class Checker:
    """Everything that checks documents in one process.

    Attributes:
        library: The structures.
        rules: The document rules that were selected.
        context: The day of the check, the code lists and the thresholds.
    """

    library: Library
    rules: Sequence[Rule]
    context: Context
    _made: dict[tuple[str, frozenset[str]], Compiled] = field(default_factory=dict)
    _on: dict[tuple[str, dt.date], Compiled] = field(default_factory=dict)
    _in_force: dict[dt.date, tuple[tuple[Rule, ...], frozenset[str]]] = field(
        default_factory=dict
    )
    _alike: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def check(self, raw: Raw) -> list[Finding]:
        """Return the findings of one document."""
        if raw.damage:
            return [("", "", UNREADABLE, _json({"damage": raw.damage}))]
        try:
            tree = parse(raw.content)
        except Damaged as damage:
            return [("", "", UNREADABLE, _json({"damage": str(damage)}))]
        oid = self.library.identify(raw.structure, tree, self.context.as_of)
        if oid is None:
            return [("", "", UNKNOWN, "")]
        return self._judged(oid, tree, raw.metadata)

    def _judged(
        self, oid: str, tree: dict[str, Any], metadata: Mapping[str, str]
    ) -> list[Finding]:
        """Return the findings of a document of a known structure."""
        day = self.library.day(oid, tree) or self.context.as_of
        made = self._on.get((oid, day)) or self.compiled(oid, day)
        accepted = made.accepts(tree)
        if accepted and not made.tests:
            return []
        document = Document(tree, made.structure, day, self.context.as_of, metadata)
        try:
            return [
                (oid, hit.path, rule.code, _json(hit.parameters))
                for rule, hit in hits(made, document, accepted=accepted)
            ]
        except Damaged as damage:
            return [(oid, "", UNREADABLE, _json({"damage": str(damage)}))]

    def compiled(self, oid: str, day: dt.date) -> Compiled:
        """Return the rules in force on *day*, compiled for a structure."""
        rules, codes = self._rules_on(day)
        key = (oid, codes)
        if key not in self._made:
            library = self.library
            self._made[key] = compiled(
                library.get(oid), library.base(oid), rules, self.context,
                definitions=library.definitions(), formats=library.formats(oid),
            )  # fmt: skip
        self._on[oid, day] = self._made[key].on(day, self.context.as_of)
        return self._on[oid, day]

    def _rules_on(self, day: dt.date) -> tuple[tuple[Rule, ...], frozenset[str]]:
        if day not in self._in_force:
            chosen = tuple(
                rule
                for rule in self.rules
                if (rule.applies_from is None or rule.applies_from <= day)
                and (rule.applies_to is None or day <= rule.applies_to)
            )
            codes = frozenset(rule.code for rule in chosen)
            self._in_force[day] = chosen, self._alike.setdefault(codes, codes)
        return self._in_force[day]

    def missing(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Yield code, reason and facts of the rules that could not run on some structure."""
        for made in self._made.values():
            for rule, reason in made.missing:
                yield rule.code, reason.reason, dict(reason.facts)


def _json(parameters: Mapping[str, object]) -> str:
    if not parameters:
        return ""
    return json.dumps(parameters, ensure_ascii=False, sort_keys=True)
