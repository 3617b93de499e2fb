"""Running a plan: batch by batch, so that it may be killed at any instant and resumed.

Each batch takes three steps, and each step may be taken again: the ledger says what is about
to happen, the target takes the batch and leaves a receipt, the ledger writes down the records.
"""

import dataclasses
import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import polars as pl

from kirjaamo import log, messages
from kirjaamo.engines.errors import WorkerEndedError
from kirjaamo.engines.local import ordered
from kirjaamo.errors import CannotWriteError
from kirjaamo.ledger.chain import START, link, root
from kirjaamo.ledger.errors import LedgerLostError
from kirjaamo.messages import N_
from kirjaamo.migration.errors import (
    NotTestedError,
    OtherTargetError,
    RunStateError,
)
from kirjaamo.migration.ledger import Book
from kirjaamo.migration.ledger.book import FIELDS
from kirjaamo.migration.making import Made, Maker, Work, maker
from kirjaamo.migration.planning import Plan, Results
from kirjaamo.migration.preparing import Prepared
from kirjaamo.migration.reasons import Outcome
from kirjaamo.migration.screening import EARLIER
from kirjaamo.migration.targets import Document, Target

RESUME = N_("Resume it or roll it back first.")
ACCEPTED = N_("What is accepted is not undone.")
UNDONE = N_("It is undone already.")
UNDOING = N_("It is being undone; run “kirjaamo migrate rollback” again to finish that.")
FINISH = N_("Run “kirjaamo migrate resume” first.")
STATES = {
    "running": N_("running"),
    "done": N_("done"),
    "accepted": N_("accepted"),
    "rolling_back": N_("being rolled back"),
    "rolled_back": N_("rolled back"),
}
"""States of a run, and what they are called."""


WORTH_A_PROCESS = 2000
"""Records; for fewer a second process takes longer to start than it saves."""


class _Here:
    """The maker of this process."""

    maker: Maker | None = None


def _start(prepared: Prepared, language: str) -> None:
    messages.use(language)
    workspace = prepared.workspace
    node = workspace.settings.ledger.node
    _Here.maker = maker(workspace, prepared.profiles, prepared.options.as_of, node)


def _make(work: Work) -> list[Made]:
    assert _Here.maker is not None, "started first"  # noqa: S101 - by construction
    return _Here.maker.make(work)


@contextmanager
def making(prepared: Prepared, jobs: int) -> Iterator[Results]:
    """Give a function that makes batches in order, in this process or in several.

    Raises:
        WorkerEndedError: The system ended one of them; what is in the ledger stays.
    """
    bare = dataclasses.replace(prepared, parts=())
    records = sum(part.frame.height for part in prepared.parts)
    if jobs <= 1 or records < WORTH_A_PROCESS:
        _start(bare, messages.language())
        yield lambda work: ((one, _make(one)) for one in work)
        return
    spawn = multiprocessing.get_context("spawn")
    start = (bare, messages.language())
    try:
        with ProcessPoolExecutor(jobs, spawn, initializer=_start, initargs=start) as pool:
            yield lambda work: ordered(work, lambda one: pool.submit(_make, one), jobs)
    except BrokenProcessPool:
        raise WorkerEndedError from None


def moved_earlier(book: Book, stage: str, besides: int | None = None) -> pl.DataFrame:
    """Return what earlier runs of a stage have moved, for `screening.parts`."""
    return pl.DataFrame(book.moved(stage, besides), schema=EARLIER, orient="row")


def open_run(book: Book, plan: Plan, target: str) -> dict[str, Any]:
    """Return the run of a plan: the one that was begun, or a new one.

    Raises:
        RunStateError: Another run is not finished.
        NotTestedError: No test batch of the same recipe has been accepted.
    """
    runs = book.runs()
    mine = [r for r in runs if r["plan_hash"] == plan.hash and r["state"] != "rolled_back"]
    others = [r for r in runs if r["state"] in {"running", "rolling_back"} and r not in mine]
    for run in others:
        advice = RESUME if run["state"] == "running" else UNDOING
        raise RunStateError(run=run["number"], state=STATES[run["state"]], advice=advice)
    if mine:
        return mine[-1]
    tested = any(
        run["stage"] == "test" and run["state"] == "accepted" and run["recipe"] == plan.recipe
        for run in runs
    )
    if plan.options.stage == "production" and not tested:
        raise NotTestedError
    run = {
        "number": len(runs) + 1, "plan_hash": plan.hash, "recipe": plan.recipe,
        "stage": plan.options.stage, "state": "running", "target": target, "plan": plan.text,
    }  # fmt: skip
    book.start_run(run, [_ready(run["number"], batch) for batch in plan.batches])
    return run


def _ready(run: int, batch: Any) -> dict[str, Any]:  # noqa: ANN401 - a planned batch
    return {
        "run": run, "number": batch.number, "system": batch.system, "kind": batch.kind,
        "first": batch.first, "last": batch.last, "state": "ready", "moved": 0, "held": 0,
        "rejected": 0, "root": "", "chain": "", "receipt": "",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """A finished batch, for a progress bar."""

    batch: int
    records: int


def execute(
    book: Book, run: int, work: Iterable[Work], target: Target, results: Results
) -> Iterator[Progress]:
    """Do what is left of a run, and yield after every batch.

    Args:
        book: The ledger.
        run: Number of the run; it is *running*.
        work: Every batch of its plan, in order.
        target: Where documents go.
        results: Makes batches.

    Raises:
        LedgerLostError: A database went away.
        CannotWriteError: No space, or no permission.
        OtherTargetError: Something else stands in the target.
    """
    known = {batch["number"]: batch for batch in book.batches(run)}
    done = {number for number, batch in known.items() if batch["state"] == "done"}
    if done:
        book.remember("run resumed", run=run, batches=len(done))
    chain = known[max(done)]["chain"] if done else START
    left = (one for one in work if one.number not in done)
    for one, made in results(left):
        chain = _step(book, run, one, made, target, chain)
        log.event("migration.batch", run=run, batch=one.number, records=len(made))
        yield Progress(one.number, len(made))
    target.finish()
    book.set_run(run, "done", "run done", chain=chain)


def _step(  # noqa: PLR0913, PLR0917 - one batch with the state of the run
    book: Book, run: int, work: Work, made: Sequence[Made], target: Target, chain: str
) -> str:
    """Take the steps of one batch, and return its chain."""
    wanted = [_identifier(one) for one in made if one.row["outcome"] == Outcome.MOVED]
    taken = book.start_batch(run, work.number, wanted)
    settled = [_held(one) if one.row["target_id"] in taken else one for one in made]
    documents = [_document(one) for one in settled if one.row["outcome"] == Outcome.MOVED]
    try:
        receipt = target.apply(run, work.number, documents)
    except (CannotWriteError, OtherTargetError, LedgerLostError) as error:
        with suppress(LedgerLostError):
            book.fail_batch(run, work.number, type(error).__name__)
        raise
    book.apply_batch(run, work.number, receipt)
    records = [{"run": run, **one.row} for one in settled]
    count = Counter(record["outcome"] for record in records)
    found = root([record[name] for name in FIELDS] for record in records)
    batch = {"run": run, "number": work.number, "state": "done", "receipt": receipt}
    batch |= {str(outcome): count[outcome] for outcome in Outcome}
    chain = link(chain, found)
    book.finish_batch(batch | {"root": found, "chain": chain}, records)
    return chain


def _identifier(one: Made) -> dict[str, Any]:
    return {name: one.row[name] for name in ("target_id", "system", "kind", "source_key")}


def _held(one: Made) -> Made:
    """Hold a record whose identifier stands for another."""
    nothing = {"target_id": "", "target_hash": "", "size": 0}
    held = {"outcome": str(Outcome.HELD), "reason": "identifier-taken"}
    return Made({**one.row, **nothing, **held})


def _document(one: Made) -> Document:
    row = one.row
    return Document(
        row["target_id"], row["kind"], row["structure"], bool(row["delivered"]),
        row["target_hash"], one.content,
    )  # fmt: skip


def roll_back(book: Book, run: dict[str, Any], target: Target) -> Iterator[Progress]:
    """Undo a run, last batch first, and yield after every batch.

    Raises:
        RunStateError: It is accepted, or undone already.
        OtherTargetError: Documents of it were changed since; nothing of their batch is undone.
    """
    number, state = run["number"], run["state"]
    refusals = {"accepted": ACCEPTED, "rolled_back": UNDONE}
    if state in refusals:
        raise RunStateError(run=number, state=STATES[state], advice=refusals[state])
    if state != "rolling_back":
        book.set_run(number, "rolling_back", "rollback started")
    for batch in reversed(book.batches(number)):
        if batch["state"] in {"ready", "rolled_back"}:
            continue
        target.revert(number, batch["number"])
        book.revert_batch(number, batch["number"])
        yield Progress(batch["number"], batch["moved"])
    target.finish()
    book.set_run(number, "rolled_back", "run rolled back")
