"""Making documents: a batch of old records in, its outcomes and bytes out.  Pure; no other I/O.

A batch is a few small frames, so that it can be made in this process or in another one.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from kirjaamo import validators
from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.classifications.structures.checking import Library
from kirjaamo.documents.parsing import parse
from kirjaamo.engines.documents import Checker
from kirjaamo.engines.pack import Context
from kirjaamo.findings import Severity
from kirjaamo.ledger.identity import identifier
from kirjaamo.mappings import load
from kirjaamo.mappings.recordmaps import Builder, maps
from kirjaamo.mappings.recordmaps.cases import cases, organisation
from kirjaamo.mappings.recordmaps.choosing import Chooser
from kirjaamo.migration.gates import Gates, encode, uncertain
from kirjaamo.migration.reasons import REASONS, Outcome
from kirjaamo.migration.screening import DELIVERED, KEY, SETTINGS, TASK, UNIT, YEAR
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Kind
from kirjaamo.selection import select
from kirjaamo.sources.profile import Profile
from kirjaamo.workspace import Workspace


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
    """What became of one record.

    Attributes:
        row: Its row of the ledger.
        content: Its bytes, when it moves.
        awaited: OID of the code list for which it waits, when it does.
    """

    row: dict[str, Any]
    content: bytes = b""
    awaited: str = ""


@dataclass(slots=True)
class Maker:
    """Everything that makes documents in one process.

    Attributes:
        oid: The organisation's own OID.
        node: Arc below it.
        gates: Choose a record map, build and check.
        organisation: The table of that name of every case.
    """

    oid: str
    node: int
    gates: Gates
    organisation: dict[str, Any]

    def make(self, work: Work) -> list[Made]:
        """Return what becomes of every record of a batch, in order."""
        rows = work.screened.iter_rows(named=True)
        return [
            self._made(work, work.first + place, screened, case)
            for place, (screened, case) in enumerate(zip(rows, self.cases(work), strict=True))
        ]

    def builder(self, kind: str, case: Any) -> Builder:  # noqa: ANN401 - a case
        """Return the builder of a case that was moved."""
        found = self.gates.chooser.choose(kind, case)  # type: ignore[arg-type]  # as in `cases`
        assert isinstance(found, Builder), "a moved record has one"  # noqa: S101 - by construction
        return found

    def opened(self, structure: str, content: bytes) -> tuple[dict[str, Any], dt.date | None]:
        """Return the tree of a document and its own day."""
        tree = parse(content)
        return tree, self.gates.checker.library.day(structure, tree)

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
        settled = self.gates.settle(work.kind, screened, case)
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
            "findings": encode(settled.findings).decode() if settled.findings else "",
            "structure": settled.structure, "target_id": target if moved else "",
            "source_hash": hashlib.sha256(encode(told)).hexdigest(),
            "target_hash": hashlib.sha256(content).hexdigest() if moved else "",
            "size": len(content), "delivered": int(screened[DELIVERED]),
        }  # fmt: skip
        return Made(row, content, settled.awaited)


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
    gates = Gates(chooser, Checker(library, rules, context), uncertain(codes), severe)
    return Maker(settings.organisation.oid, node, gates, organisation(settings))
