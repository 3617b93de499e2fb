"""What stands in a target, beside what the ledger says of it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kirjaamo.messages import N_
from kirjaamo.migration.ledger import Book
from kirjaamo.migration.reasons import Outcome
from kirjaamo.migration.targets import Target

GROUP = ("system", "kind", "service_task", "unit", "year")
"""By what read and moved records are compared."""

MISSING = N_("documents that the ledger knows and the target lacks")
EXTRA = N_("documents in the target that the ledger does not know")
DIFFERENT = N_("documents in the target that are not as they were written")
RECEIPTS = N_("batches whose receipt in the target is not that of the ledger")


class Stood(NamedTuple):
    """Hash and bytes of a document: all that is held of it."""

    sha256: bytes
    size: int


@dataclass(slots=True)
class Standing:
    """What the ledger says, batch by batch, beside what stands in the target.

    Attributes:
        stands: Documents in the target; those that the ledger knows are taken away.
        ends: `GROUP` and outcome to the number of records.
        sizes: `GROUP` to the bytes of its documents in the target.
        missing: Documents that the target lacks.
        different: Documents that are not as they were written.
    """

    stands: dict[str, Stood]
    ends: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    sizes: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    missing: int = 0
    different: int = 0

    def add(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Count the records of a batch, and take their documents away."""
        for record in records:
            group = tuple(record[name] for name in GROUP)
            self.ends[*group, record["outcome"]] += 1
            if record["outcome"] == Outcome.MOVED:
                found = self.stands.pop(record["target_id"], None)
                self.missing += found is None
                if found is not None:
                    self.different += found.sha256.hex() != record["target_hash"]
                    self.sizes[group] += found.size

    def differences(self, book: Book, run: int, target: Target) -> dict[str, int]:
        """Return sentence to how many places of the target differ from the ledger."""
        return {
            MISSING: self.missing,
            EXTRA: len(self.stands.keys() - book.targets(self.stands, besides=run)),
            DIFFERENT: self.different,
            RECEIPTS: _receipts(book, run, target),
        }


def standing(target: Target) -> Standing:
    """Return what stands in a target, nothing of the ledger told yet."""
    return Standing(
        {
            name: Stood(hashlib.sha256(content).digest(), len(content))
            for name, content in target.held()
        }
    )


def differences(book: Book, run: int, target: Target) -> dict[str, int]:
    """Return what of a finished run does not stand in its target as it was written."""
    found = standing(target)
    for batch in book.batches(run):
        found.add(book.records(run, batch["number"]))
    return found.differences(book, run, target)


def _receipts(book: Book, run: int, target: Target) -> int:
    """Return how many finished batches have another receipt in the target."""
    receipts = target.receipts()
    batches = [batch for batch in book.batches(run) if batch["state"] == "done"]
    return sum(receipts.get((run, b["number"])) != b["receipt"] for b in batches)
