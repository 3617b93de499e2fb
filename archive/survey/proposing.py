"""Ranked proposals for every kind of document, each with its score and evidence.

A proposal is never a decision: a person chooses in the workbook.  What no list and no statute
tells gets no proposal.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from kirjaamo.archive.retention.model import governing
from kirjaamo.archive.survey.kinds import general, kind_of, rules_for
from kirjaamo.archive.survey.model import LISTS, Survey
from kirjaamo.classifications.structures import Structures
from kirjaamo.mappings import together
from kirjaamo.mappings.choices import BETWEEN, WAITING, Choice, choices
from kirjaamo.mappings.evidence import LIKE, by_name, likeness
from kirjaamo.mappings.occurrences import Occurrences
from kirjaamo.mappings.suggesting import ENOUGH, MOST, Known, Suggestion, ranked, suggestions
from kirjaamo.mappings.targets import Target
from kirjaamo.messages import N_, gettext

BEST: Final = 3
"""Most proposals of a column."""

_ENTRY: Final = "19"  # general type of record entries in list 1506
_OTHER_ENTRY: Final = "19013"
_PLAN: Final = "15"
_PLANNING: Final = "3"
_SAYS_PLANNING: Final = 60
_BY_STATUTE: Final = 90
_OID: Final = re.compile(r"1\.2\.246\.537\.6\.1506\.([0-9]+)(?:\.[0-9]+)*")

RECORDED = N_("the record says it")
MAPPED = N_("approved mapping {name}")
PRIOR = N_("confirmed for system {system}, name {score}")
ENTRY = N_("an entry without a kind")
CURRENT = N_("current version of the type")
PLANNING = N_("plans in archive messages of the customer test environment have it")
ANNEX = N_("annex of Act {act}")
OWN_KIND = N_("setting retention.kinds")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one column.

    Attributes:
        value: The code, OID or name; None for a class whose number is not known.
        name: What it is called.
        score: From `ENOUGH` to `MOST`.
        evidence: What speaks for it.
    """

    value: str | None
    name: str
    score: int
    evidence: str

    @property
    def label(self) -> str:
        """Return the proposal as a cell shows it."""
        return BETWEEN.join([self.value or WAITING, self.name])

    def __str__(self) -> str:
        """Return the proposal with score and evidence."""
        return f"{self.label} · {self.score}: {self.evidence}"


Proposals = Mapping[str, Sequence[Proposal]]
"""Column to its proposals, best first."""


class Proposer:
    """What proposals are made from: occurrences, code lists, structures, confirmed rows."""

    def __init__(
        self,
        found: Iterable[Occurrences],
        known: Known,
        survey: Survey,
        own_kinds: Mapping[str, str],
        structures: Structures,
    ) -> None:
        """Gather what is known.

        Args:
            found: The coded fields of the exports.
            known: Crosswalks and code lists, and the day that counts.
            survey: Rows that are confirmed already.
            own_kinds: Own document types to kinds of retention, as the settings name them.
            structures: The document structures in use.
        """
        self.known, self.survey, self.own_kinds = known, survey, own_kinds
        self.structures = structures
        self.systems = {one.system: one for one in found}
        self.offered = {
            name: choices(Target(name, name, oid), known.codes, known.day)
            for name, oid in LISTS.items()
        }
        self._decisions: dict[str, dict[str, list[Proposal]]] = {}
        self._tasks: dict[str, dict[str, list[Proposal]]] = {}

    def proposals(self, kind: Mapping[str, object]) -> Proposals:
        """Return the proposals for a kind: a row of `kirjaamo.archive.survey.reading.Found.kinds`."""
        types = [*self._prior(kind), *self._types(kind)]
        best = _each_once(types)
        tasks = _each_once(self._of_task(str(kind["system"]), str(kind["task"])))
        return {
            "document_type": best,
            "structure": self._structures(best),
            "service_task": tasks,
            "service_process": list(self._processes(best)),
            "retention": list(self._retention(kind, best, tasks)),
        }

    def _prior(self, kind: Mapping[str, object]) -> Iterator[Proposal]:
        """Yield what is confirmed of kinds with a like name, in any system."""
        text = str(kind["old_name"] or kind["old"])
        names = {one.code: one.name for one in self.offered["document_type"]}
        for row in self.survey.rows:
            score = likeness(text, row.old_name or row.old) if text else 0
            told = row.status == "approved" and row.archived and row.document_type
            if told and row.table == kind["table"] and score >= LIKE:
                evidence = gettext(PRIOR).format(system=row.system, score=round(score))
                name = names.get(row.document_type, str(row.document_type))
                yield Proposal(row.document_type, name, min(MOST, round(score)), evidence)

    def _types(self, kind: Mapping[str, object]) -> Iterator[Proposal]:
        old = str(kind["old"])
        recorded = _OID.fullmatch(old)
        code = recorded[1] if recorded else old
        named = {one.code: one for one in self.offered["document_type"]}
        if code in named:
            yield Proposal(code, named[code].name, MOST, gettext(RECORDED))
        elif kind["table"] == "decision":
            yield from self._of_decisions(str(kind["system"])).get(old, [])
        elif kind["table"] == "entry" and _OTHER_ENTRY in named:
            one = named[_OTHER_ENTRY]
            yield Proposal(one.code, one.name, ENOUGH, gettext(ENTRY))
        else:
            text = str(kind["old_name"] or old)
            yield from self._called(text, self.offered["document_type"])

    def _called(self, text: str, offered: list[Choice]) -> list[Proposal]:
        found = ranked(by_name([("", text)], offered), BEST)
        return [_proposal(one) for one in found.get("", [])]

    def _of_decisions(self, system: str) -> dict[str, list[Proposal]]:
        """Return what the local kinds of decisions of a system can become."""
        if system not in self._decisions:
            found = self.systems.get(system)
            aim = next(
                (t for t in (found.targets() if found else ())
                 if t.field == "old_type" and t.target == LISTS["document_type"]), None,
            )  # fmt: skip
            self._decisions[system] = self._all(found, aim)
        return self._decisions[system]

    def _of_task(self, system: str, task: str) -> list[Proposal]:
        if system not in self._tasks:
            found = self.systems.get(system)
            targets = found.targets() if found else ()
            aim = next((t for t in targets if t.field == "service_task"), None)
            self._tasks[system] = self._all(found, aim)
        return self._tasks[system].get(task, [])

    def _all(self, found: Occurrences | None, aim: Target | None) -> dict[str, list[Proposal]]:
        """Return approved and suggested values of a field, by old value."""
        if found is None or aim is None:
            return {}
        told = {
            old: [_proposal(one) for one in best]
            for old, best in suggestions(found, aim, self.known, BEST).items()
        }
        values = found.values(aim.field)["old"]
        done = together.landed(
            values, found.system, aim, self.known.crosswalks, self.known.codes
        )
        names = {one.code: one.name for one in self.offered.get(aim.field, ())}
        for old, new in done.items():
            says = gettext(RECORDED) if old == new else gettext(MAPPED).format(name=aim.name)
            told[old] = [Proposal(new, names.get(new, new), MOST, says), *told.get(old, [])]
        return told

    def _structures(self, types: Sequence[Proposal]) -> list[Proposal]:
        versions = self.structures.versions().filter(
            pl.col("status") == "current", pl.col("valid_from") <= self.known.day
        )
        last = dict(versions.select("code", "oid").iter_rows())  # the newest comes last
        return [
            Proposal(last[one.value], one.name, one.score, gettext(CURRENT))
            for one in types
            if one.value in last
        ]

    def _processes(self, types: Sequence[Proposal]) -> Iterator[Proposal]:
        """Yield planning for plans: the only process that is known."""
        named = {one.code: one.name for one in self.offered["service_process"]}
        is_plan = bool(types) and general(types[0].value) == _PLAN
        if is_plan and _PLANNING in named:
            yield Proposal(_PLANNING, named[_PLANNING], _SAYS_PLANNING, gettext(PLANNING))

    def _retention(
        self, kind: Mapping[str, object], types: Sequence[Proposal], tasks: Sequence[Proposal]
    ) -> Iterator[Proposal]:
        """Yield the rules of the act in force for the best type and task."""
        own = self.own_kinds.get(str(kind["old"]), "")
        act = governing(self.known.day)
        finnish = {(one.code, one.name): one.fi for one in self.offered["service_task"]}
        names = {finnish.get((one.value, one.name), one.name) for one in tasks[:1]}
        document = own or kind_of(types[0].value if types else None, str(kind["table"]))
        evidence = gettext(OWN_KIND) if own else gettext(ANNEX).format(act=act.act)
        for rule in rules_for(act.rules, document, names):
            yield Proposal(rule.name.fi, str(rule.name), _BY_STATUTE, evidence)


def _proposal(one: Suggestion) -> Proposal:
    """Return a suggestion of a mapping as a proposal."""
    return Proposal(one.choice.code, one.choice.name, one.score, one.evidence)


def _each_once(proposals: Iterable[Proposal]) -> list[Proposal]:
    ordered = sorted(proposals, key=lambda one: -one.score)
    found: dict[tuple[str | None, str], Proposal] = {}
    for one in ordered:
        found.setdefault((one.value, one.name), one)
    return list(found.values())[:BEST]
