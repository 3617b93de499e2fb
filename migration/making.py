"""Making documents: a batch of old records in, its outcomes and bytes out.  Pure; no other I/O.

A batch is a few small frames, so that it can be made in this process or in another one.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec
import polars as pl

from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.documents.model import Raw
from kirjaamo.documents.parsing import parse
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.findings import Severity
from kirjaamo.ledger.identity import identifier
from kirjaamo.mappings import load
from kirjaamo.mappings.recordmaps import Builder, maps
from kirjaamo.mappings.recordmaps.cases import cases, organisation
from kirjaamo.mappings.recordmaps.choosing import Chooser, Refusal
from kirjaamo.migration.reasons import BY_STATUS, REASONS, Outcome
from kirjaamo.migration.screening import (
    DELIVERED,
    KEY,
    OPEN,
    REASON,
    SERVICE_TASK,
    SETTINGS,
    TASK,
    UNIT,
    YEAR,
)
from kirjaamo.records import ROW, SOURCE, get
from kirjaamo.rules import Kind
from kirjaamo.selection import select
from kirjaamo.sources.profile import Profile
from kirjaamo.workspace import Workspace

_encode = msgspec.json.Encoder().encode

MOST = 20
"""Findings that the ledger keeps of one record."""

_REFUSALS = {
    "service_task": "no-known-number",
    "no_default": "no-structure",
    "no_map": "no-record-map",
}


@dataclass(frozen=True, slots=True)
class Work:
    """A batch to make.

    Attributes:
        number: Of the batch, from 1.
        first: Ordinal of its first record.
        system: Name of the system.
        kind: Table of its records.
        tables: Its records, and the rows of other tables that belong to them.
        screened: What screening found, a row a record.
    """

    number: int
    first: int
    system: str
    kind: str
    tables: Mapping[str, pl.DataFrame]
    screened: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one record: its row of the ledger, and its bytes when it moves."""

    row: dict[str, Any]
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Settled:
    """The decision on a record whose case is known."""

    reason: str
    findings: tuple[tuple[str, str], ...] = ()
    structure: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Maker:
    """Everything that makes documents in one process.

    Attributes:
        oid: The organisation's own OID.
        node: Arc below it.
        chooser: Chooses and compiles record maps.
        checker: Checks what was built.
        organisation: The table of that name of every case.
        uncertain: ``table.field`` to the codes that no one should rely on.
        severe: Rules whose findings hold a document back.
        used: Record map to the fields that it uses.
    """

    oid: str
    node: int
    chooser: Chooser
    checker: Checker
    organisation: dict[str, Any]
    uncertain: Mapping[str, frozenset[str]]
    severe: frozenset[str]
    used: dict[str, frozenset[str]] = field(default_factory=dict)

    def make(self, work: Work) -> list[Made]:
        """Return what becomes of every record of a batch, in order."""
        rows = work.screened.iter_rows(named=True)
        return [
            self._made(work, work.first + place, screened, case)
            for place, (screened, case) in enumerate(zip(rows, self.cases(work), strict=True))
        ]

    def builder(self, kind: str, case: Any) -> Builder:  # noqa: ANN401 - a case
        """Return the builder of a case that was moved."""
        found = self.chooser.choose(kind, case)  # type: ignore[arg-type]  # as in `cases`
        assert isinstance(found, Builder), "a moved record has one"  # noqa: S101 - by construction
        return found

    def opened(self, structure: str, content: bytes) -> tuple[dict[str, Any], dt.date | None]:
        """Return the tree of a document and its own day."""
        tree = parse(content)
        return tree, self.checker.library.day(structure, tree)

    def cases(self, work: Work) -> Iterator[Any]:
        """Yield the cases of a batch, in order."""
        identity = partial(identifier, self.oid, work.system, node=self.node)
        if work.kind in SETTINGS:
            rows = work.tables[work.kind].iter_rows(named=True)
            return ({work.kind: row} for row in rows)
        return cases(
            work.kind,  # type: ignore[arg-type]  # one of the kinds that maps are of
            work.tables,
            system=work.system,
            organisation=self.organisation,
            identity=identity,
        )

    def _made(self, work: Work, ordinal: int, screened: dict[str, Any], case: Any) -> Made:  # noqa: ANN401 - a case
        told = {name: value for name, value in case.items() if name != "organisation"}
        settled = self._settled(work.kind, screened, case)
        moved = not settled.reason
        outcome = Outcome.MOVED if moved else REASONS[settled.reason].outcome
        key = screened[KEY] or ""
        target = identifier(self.oid, work.system, work.kind, key, node=self.node)
        content = settled.content if moved else b""
        row = {
            "ordinal": ordinal, "batch": work.number, "system": work.system, "kind": work.kind,
            "source_key": key, "source": screened[SOURCE], "source_row": screened[ROW],
            "service_task": screened[TASK], "unit": screened[UNIT], "year": screened[YEAR],
            "outcome": str(outcome), "reason": settled.reason,
            "findings": _encode(settled.findings).decode() if settled.findings else "",
            "structure": settled.structure, "target_id": target if moved else "",
            "source_hash": hashlib.sha256(_encode(told)).hexdigest(),
            "target_hash": hashlib.sha256(content).hexdigest() if moved else "",
            "size": len(content), "delivered": int(screened[DELIVERED]),
        }  # fmt: skip
        return Made(row, content)

    def _settled(self, kind: str, screened: dict[str, Any], case: Any) -> Settled:  # noqa: ANN401 - a case
        if screened[REASON]:
            return Settled(screened[REASON])
        if kind in SETTINGS:
            return Settled("", content=_encode(case))
        builder = self.chooser.choose(kind, case)  # type: ignore[arg-type]  # as in `_cases`
        if isinstance(builder, Refusal):
            return Settled(_REFUSALS[builder.reason])
        closed = self._closed(builder, kind, screened, case)
        return Settled(closed, structure=builder.structure.oid) if closed else self._built(
            builder, case
        )  # fmt: skip

    def _closed(
        self,
        builder: Builder,
        kind: str,
        screened: dict[str, Any],
        case: Any,  # noqa: ANN401 - a case
    ) -> str:
        """Return the gate that a code of the record closes, or ""."""
        used = self._used(builder, kind)
        for name, _, status in (word.partition("=") for word in screened[OPEN]):
            if f"{kind}.{name}" in used:
                return BY_STATUS[status]
        row = case[kind]
        for name in used & self.uncertain.keys():
            table, _, column = name.partition(".")
            if table == kind and row[column] in self.uncertain[name]:
                return "uncertain-code"
        return ""

    def _used(self, builder: Builder, kind: str) -> frozenset[str]:
        """Return the fields that a record map uses; asked once for each map."""
        name = builder.record_map.name
        if name not in self.used:
            self.used[name] = builder.record_map.fields() | {f"{kind}.{SERVICE_TASK}"}
        return self.used[name]

    def _built(self, builder: Builder, case: Any) -> Settled:  # noqa: ANN401 - a case
        built = builder.build(case)
        if built.missing:
            paths = tuple(("", path) for path in built.missing[:MOST])
            return Settled("missing-facts", paths, built.structure)
        content = _encode(built.document)
        found = self.checker.check(Raw("", 1, content, built.structure))
        places = tuple((rule, path) for _, path, rule, _ in found[:MOST])
        severe = any(rule in self.severe for _, _, rule, _ in found)
        return Settled("findings" if severe else "", places, built.structure, content)


def maker(
    workspace: Workspace, profiles: Sequence[Profile], as_of: dt.date, node: int
) -> Maker:
    """Return what makes documents for a workspace.

    Raises:
        KirjaamoError: A mapping, a record map or a setting is broken.
    """
    folder = workspace.classifications
    codes = Codes(folder)
    library = Library(Structures(folder / "structures"))
    known = maps(workspace.folder / "mappings" / "records")
    chooser = Chooser(known, load(workspace, profiles), library, codes)
    settings = workspace.settings
    rules = [
        rule
        for rule in select(validators.rules().values(), (), settings.check.ignore, as_of)
        if rule.kind is Kind.DOCUMENT
    ]
    context = Context(as_of, codes, settings.check.thresholds)
    severe = frozenset(rule.code for rule in rules if rule.severity is Severity.ERROR)
    return Maker(
        settings.organisation.oid, node, chooser, Checker(library, rules, context),
        organisation(settings), _uncertain(codes), severe,
    )  # fmt: skip


def _uncertain(codes: Codes) -> dict[str, frozenset[str]]:
    """Return the fields whose list has codes that no one should rely on."""
    found: dict[str, frozenset[str]] = {}
    for table in ("relationship", "matter", "decision", "entry"):
        for one in get(table).fields.values():
            known = codes.find(one.code_system) if one.code_system else None
            if known is not None and known.uncertain.len():
                found[f"{table}.{one.name}"] = frozenset(known.uncertain)
    return found
