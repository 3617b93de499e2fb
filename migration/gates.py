"""The gates that one record meets when its document is built, and what they make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kirjaamo.classifications import Codes
from kirjaamo.documents.model import Raw
from kirjaamo.engines.documents import Checker
from kirjaamo.mappings.recordmaps import Builder
from kirjaamo.mappings.recordmaps.choosing import SERVICE_TASKS, Chooser, Refusal
from kirjaamo.mappings.recordmaps.model import RecordMap
from kirjaamo.migration.reasons import BY_STATUS
from kirjaamo.migration.screening import AIMS, OPEN, REASON, SERVICE_TASK, SETTINGS
from kirjaamo.records import get

encode = msgspec.json.Encoder().encode

MOST = 20
"""Findings that the ledger keeps of one record."""

_REFUSALS = {
    "service_task": "no-known-number",
    "no_default": "no-structure",
    "no_map": "no-record-map",
}

TABLES = ("relationship", "matter", "decision", "entry")
"""Tables whose records become documents."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The decision on a record whose case is known.

    Attributes:
        reason: Code of the gate that it meets, "" when it moves.
        findings: Rules and places; a rule is "" where something is missing.
        structure: OID of its structure, when it has one.
        content: Its bytes, when it moves.
        awaited: OID of the code list for which it waits, when it does.
    """

    reason: str
    findings: tuple[tuple[str, str], ...] = ()
    structure: str = ""
    content: bytes = b""
    awaited: str = ""


@dataclass(slots=True)
class Gates:
    """Everything that decides on a record.

    Attributes:
        chooser: Chooses and compiles record maps.
        checker: Checks what was built.
        uncertain: ``table.field`` to the codes that no one should rely on.
        severe: Rules whose findings hold a document back.
    """

    chooser: Chooser
    checker: Checker
    uncertain: Mapping[str, frozenset[str]]
    severe: frozenset[str]
    _used: dict[str, frozenset[str]] = field(default_factory=dict)
    _mapped: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)

    def settle(self, kind: str, screened: Mapping[str, Any], case: Any) -> Settled:  # noqa: ANN401 - a case
        """Return what becomes of a record of a table, given what screening found of it."""
        reason = screened[REASON]
        if reason:
            waits = reason in BY_STATUS.values()
            return Settled(reason, awaited=SERVICE_TASKS if waits else "")
        if kind in SETTINGS:
            return Settled("", content=encode(case))
        builder = self.chooser.choose(kind, case)  # type: ignore[arg-type]  # one of `TABLES`
        if isinstance(builder, Refusal):
            waits = builder.reason == "service_task"
            code = _REFUSALS[builder.reason]
            return Settled(code, awaited=SERVICE_TASKS if waits else "")
        closed, awaited = self._closed(builder, kind, screened, case)
        if closed:
            return Settled(closed, structure=builder.structure.oid, awaited=awaited)
        return self._built(builder, screened, case)

    def _closed(
        self,
        builder: Builder,
        kind: str,
        screened: Mapping[str, Any],
        case: Any,  # noqa: ANN401 - a case
    ) -> tuple[str, str]:
        """Return the gate that a code of the record closes and its list, or nothing."""
        used = self._fields(builder.record_map, kind)
        for name, _, status in (word.partition("=") for word in screened[OPEN]):
            if f"{kind}.{name}" in used:
                return BY_STATUS[status], list_of(kind, name)
        row = case[kind]
        for name in used & self.uncertain.keys():
            table, _, column = name.partition(".")
            if table == kind and row[column] in self.uncertain[name]:
                return "uncertain-code", list_of(kind, column)
        return "", ""

    def _fields(self, one: RecordMap, kind: str) -> frozenset[str]:
        """Return the fields that a record map uses; asked once for each map."""
        if one.name not in self._used:
            self._used[one.name] = one.fields() | {f"{kind}.{SERVICE_TASK}"}
        return self._used[one.name]

    def _built(self, builder: Builder, screened: Mapping[str, Any], case: Any) -> Settled:  # noqa: ANN401 - a case
        built = builder.build(case)
        if built.missing:
            reason, awaited = self._lacking(builder, built.missing, screened[AIMS])
            paths = tuple(("", path) for path in built.missing[:MOST])
            return Settled(reason, paths, built.structure, awaited=awaited)
        content = encode(built.document)
        found = self.checker.check(Raw("", 1, content, built.structure))
        places = tuple((rule, path) for _, path, rule, _ in found[:MOST])
        severe = any(rule in self.severe for _, _, rule, _ in found)
        return Settled("findings" if severe else "", places, built.structure, content)

    def _lacking(
        self, builder: Builder, missing: tuple[str, ...], aims: list[str]
    ) -> tuple[str, str]:
        """Return why facts are missing: a code that is not mapped yet, if that is all, and its list."""
        answers = dict(word.split("=") for word in aims)
        known = self._mappings(builder)
        waiting = [sorted(known.get(path, frozenset()) & answers.keys()) for path in missing]
        if not all(waiting):
            return "missing-facts", ""
        aim = waiting[0][0]
        return BY_STATUS[answers[aim]], aim.partition(">")[2]

    def _mappings(self, builder: Builder) -> dict[str, frozenset[str]]:
        """Return path to the ``field>list`` from which crosswalks give its value."""
        one = builder.record_map
        if one.name not in self._mapped:
            self._mapped[one.name] = {
                path: frozenset(
                    f"{tried.field.partition('.')[2]}>{tried.mapping}"
                    for tried in source.alternatives
                    if tried.mapping and tried.field.startswith(f"{one.of}.")
                )
                for path, source in one.leaves()
            }
        return self._mapped[one.name]


def list_of(table: str, name: str) -> str:
    """Return the OID of the code list of a field, "" when it has none."""
    return get(table)[name].code_system or ""


def uncertain(codes: Codes) -> dict[str, frozenset[str]]:
    """Return the fields whose list has codes that no one should rely on."""
    found: dict[str, frozenset[str]] = {}
    for table in TABLES:
        for one in get(table).fields.values():
            known = codes.find(one.code_system) if one.code_system else None
            if known is not None and known.uncertain.len():
                found[f"{table}.{one.name}"] = frozenset(known.uncertain)
    return found
