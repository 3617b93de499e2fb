"""Verifying what a migration wrote: every link of its chains, and whether its tables agree."""

from collections import Counter
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from kirjaamo.ledger import Row
from kirjaamo.ledger.chain import START, canonical, digest, link, root
from kirjaamo.ledger.tables import IDENTIFIER
from kirjaamo.ledger.verifying import Fault, broken, trail
from kirjaamo.messages import N_
from kirjaamo.migration.ledger.book import FIELDS, Book
from kirjaamo.migration.ledger.tables import ACCEPTANCE

BROKEN_BATCH = N_("the records of batch {number} of run {run} are not as they were written")
BROKEN_COUNTS = N_("batch {number} of run {run} does not agree with the audit trail")
BROKEN_RUN = N_("run {run} is not as it was planned")
BROKEN_STATE = N_("the state of run {run} does not agree with the audit trail")
BROKEN_ACCEPTANCE = N_("the acceptance of run {run} is not as it was given")
NO_IDENTIFIER = N_("run {run} has {count} identifiers that were never given out")


def verify(book: Book) -> list[Fault]:
    """Return everything in the ledger that is not as it was written."""
    entries = trail(book)
    told = [(str(e["event"]), _facts(str(e["facts"]))) for e in entries]
    faults = [*broken(entries)]
    for run in book.runs():
        mine = [(event, facts) for event, facts in told if facts.get("run") == run["number"]]
        faults += _run(run, mine)
        faults += _batches(book, run["number"], mine)
        faults += _identifiers(book, run["number"])
    return [*faults, *_acceptances(book, told)]


def _facts(text: str) -> dict[str, object]:
    try:
        return msgspec.json.decode(text.encode(), type=dict[str, object])
    except msgspec.DecodeError:
        return {}


_STATES = {
    "run started": "running",
    "run done": "done",
    "run accepted": "accepted",
    "rollback started": "rolling_back",
    "run rolled back": "rolled_back",
}
"""Event to the state that it gives a run."""


def _run(run: Row, told: list[tuple[str, dict[str, object]]]) -> Iterator[Fault]:
    number = run["number"]
    started = next((facts for event, facts in told if event == "run started"), {})
    agrees = started.get("plan") == run["plan_hash"] and started.get("stage") == run["stage"]
    if not agrees or digest(run["plan"].encode()) != run["plan_hash"]:
        yield Fault(BROKEN_RUN, {"run": number})
    states = [_STATES[event] for event, _ in told if event in _STATES]
    if states and states[-1] != run["state"]:
        yield Fault(BROKEN_STATE, {"run": number})


def _batches(
    book: Book, run: int, told: list[tuple[str, dict[str, object]]]
) -> Iterator[Fault]:
    """Yield the batches whose records, counts or chain are not as they were written."""
    written = {facts["number"]: facts for event, facts in told if event == "batch done"}
    previous = START
    for batch in book.batches(run):
        number = batch["number"]
        if number not in written:
            continue
        records = book.records(run, number)
        found = root([record[name] for name in FIELDS] for record in records)
        if batch["root"] != found or batch["chain"] != link(previous, found):
            yield Fault(BROKEN_BATCH, {"run": run, "number": number})
        count = Counter(record["outcome"] for record in records)
        facts = written[number]
        agrees = all(batch[key] == count[key] for key in ("moved", "held", "rejected"))
        if not agrees or any(facts.get(key) != batch[key] for key in facts if key in batch):
            yield Fault(BROKEN_COUNTS, {"run": run, "number": number})
        previous = batch["chain"]


def _identifiers(book: Book, run: int) -> Iterator[Fault]:
    wrong = book.unknown_identifiers(run)
    if wrong:
        yield Fault(NO_IDENTIFIER, {"run": run, "count": wrong})


def _acceptances(book: Book, told: list[tuple[str, dict[str, object]]]) -> Iterator[Fault]:
    kept = {row["run"]: row for row in book.rows(sa.select(ACCEPTANCE))}
    given = {facts["run"]: facts for event, facts in told if event == "run accepted"}
    for run in sorted({*kept, *given}, key=str):
        row, facts = kept.get(run), given.get(run, {})
        if row is None or any(row[key] != facts.get(key) for key in ("statement", "chain")):
            yield Fault(BROKEN_ACCEPTANCE, {"run": run})


def content(book: Book) -> bytes:
    """Return what the ledger says of records, without who and when: always the same bytes.

    Two ledgers with the same content have moved the same records in the same way, whatever
    was interrupted on the way.
    """
    kept = {
        "runs": [
            [r[k] for k in ("number", "plan_hash", "stage", "state")] for r in book.runs()
        ],
        "batches": [[*b.values()] for run in book.runs() for b in book.batches(run["number"])],
        "records": [
            [record[name] for name in FIELDS]
            for run in book.runs()
            for record in book.every(run["number"])
        ],
        "identifiers": [
            [*row.values()]
            for row in book.rows(sa.select(IDENTIFIER).order_by(IDENTIFIER.c.target_id))
        ],
    }
    return canonical(kept)
