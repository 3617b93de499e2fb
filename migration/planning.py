"""Plans: what would move, be held or be rejected and why, told by the code that would do it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kirjaamo.files import why, write
from kirjaamo.ledger.chain import canonical, digest
from kirjaamo.migration.errors import NoPlanError, PlanChangedError, PlanFileError
from kirjaamo.migration.making import Made, Work
from kirjaamo.migration.preparing import Options, Prepared

COUNTED = ("system", "kind", "service_task", "unit", "outcome", "reason")
"""By what records are counted."""


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many records of one system, table, service task and unit meet one end.

    ``awaited`` is the code list for which they wait, when they do.
    """

    system: str
    kind: str
    service_task: str
    unit: str
    outcome: str
    reason: str
    awaited: str
    records: int
    size: int


class Planned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A batch of a plan: its table and the ordinals of its records."""

    number: int
    system: str
    kind: str
    first: int
    last: int


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a run will do.

    Attributes:
        options: What was asked for.
        ingredients: What decides the result, sources included: name to hash.
        recipe: Hash of the ingredients without the sources.
        batches: The batches.
        counts: What becomes of the records.
        left: Rows of the sources that the selection leaves out.
    """

    options: Options
    ingredients: dict[str, str]
    recipe: str
    batches: tuple[Planned, ...]
    counts: tuple[Count, ...]
    left: int

    @property
    def text(self) -> str:
        """Return the canonical text, of which the hash is."""
        return canonical(self).decode()

    @property
    def hash(self) -> str:
        """Return the hash that a run must match."""
        return digest(self.text.encode())

    def total(self, **wanted: str) -> int:
        """Return how many records meet what is wanted, such as ``outcome="held"``."""
        return sum(
            count.records
            for count in self.counts
            if all(getattr(count, name) == value for name, value in wanted.items())
        )


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hash: str
    plan: Plan


@dataclass(slots=True)
class Tally:
    """Counts of what becomes of records."""

    records: Counter[tuple[Any, ...]]
    sizes: Counter[tuple[Any, ...]]

    def add(self, made: Iterable[Made]) -> None:
        """Count the records of a batch."""
        for one in made:
            key = (*(one.row[name] for name in COUNTED), one.awaited)
            self.records[key] += 1
            self.sizes[key] += one.row["size"]

    def counts(self) -> tuple[Count, ...]:
        """Return the counts in order."""
        return tuple(_count(key, n, self.sizes[key]) for key, n in sorted(self.records.items()))


def _count(key: tuple[Any, ...], records: int, size: int) -> Count:
    system, kind, task, unit, outcome, reason, awaited = key
    return Count(system, kind, task, unit, outcome, reason, awaited, records, size)


Results = Callable[[Iterable[Work]], Iterable[tuple[Work, list[Made]]]]


def plan(prepared: Prepared, ingredients: Mapping[str, str], results: Results) -> Plan:
    """Return what a run would do: everything is made and checked, and nothing is written.

    Args:
        prepared: What there is to move.
        ingredients: Everything that decides the result.
        results: Makes batches.
    """
    tally, batches = Tally(Counter(), Counter()), list[Planned]()
    for work, made in results(prepared.batches()):
        tally.add(made)
        last = work.first + len(made) - 1
        batches.append(Planned(work.number, work.system, work.kind, work.first, last))
    return Plan(
        prepared.options, dict(sorted(ingredients.items())), prepared.recipe_hash,
        tuple(batches), tally.counts(), prepared.left,
    )  # fmt: skip


def store(path: Path, made: Plan) -> None:
    """Write a plan file."""
    content = msgspec.json.format(msgspec.json.encode(_File(made.hash, made)), indent=1)
    write(path, content + b"\n")


def read(path: Path) -> Plan:
    """Return the plan of a file.

    Raises:
        PlanFileError: The file is no plan, or was edited.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise NoPlanError(file=path, reason=why(error)) from None
    except msgspec.MsgspecError:
        raise PlanFileError(file=path) from None
    if found.hash != found.plan.hash:
        raise PlanFileError(file=path)
    return found.plan


def require_same(then: Plan, now: Mapping[str, str]) -> None:
    """Refuse when something that decides the result is not as it was planned.

    Raises:
        PlanChangedError: It is not; names what changed.
    """
    changed = sorted(
        name
        for name in {*then.ingredients, *now}
        if then.ingredients.get(name) != now.get(name)
    )
    if changed:
        raise PlanChangedError(what=", ".join(changed))
