"""The steps of a migration, as the commands and the demo take them."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kirjaamo import log
from kirjaamo.files import replacing
from kirjaamo.ledger import shown
from kirjaamo.ledger.verifying import Fault, head
from kirjaamo.messages import N_, gettext
from kirjaamo.migration import planning, protocol, running, sampling, standing
from kirjaamo.migration.desk import Desk, Tell
from kirjaamo.migration.errors import DifferenceError, RunStateError
from kirjaamo.migration.ledger import Book
from kirjaamo.migration.ledger.verifying import verify
from kirjaamo.migration.making import maker
from kirjaamo.migration.planning import Plan
from kirjaamo.migration.preparing import Options, Prepared
from kirjaamo.migration.reconciling import Reconciliation, reconcile
from kirjaamo.migration.targets import FILES
from kirjaamo.protocol import write
from kirjaamo.urls import without_password


def options(  # noqa: PLR0913 - each is a choice of the person, all by name
    *,
    as_of: dt.date,
    target: str = "folder",
    place: str = "",
    stage: str = "production",
    only: Sequence[str] = (),
    limit: int = 0,
    batch: int = 0,
) -> Options:
    """Return options with what was left open filled in; no password is kept."""
    folder = place or ("migration/test" if stage == "test" else "migration/target")
    facts = {
        "as_of": as_of.isoformat(), "stage": stage, "only": sorted(only), "limit": limit,
        "target": without_password(target) if "://" in target else target,
        "place": folder if target in FILES else "",
    }  # fmt: skip
    return msgspec.convert(facts | ({"batch": batch} if batch else {}), Options)


def make_plan(desk: Desk, wanted: Options) -> Plan:
    """Return what a run would do; nothing is written but the audit trail."""
    with desk.ledger() as book:
        prepared = desk.prepared(book, wanted)
        with running.making(prepared, desk.jobs) as results:
            told = _telling(results, desk.tell)
            made = planning.plan(prepared, prepared.ingredients, told)
        book.remember("plan made", plan=made.hash, stage=wanted.stage)
    log.event("migration.planned", records=made.total(), movable=made.total(outcome="moved"))
    return made


def _telling(results: planning.Results, tell: Tell) -> planning.Results:
    def told(work: Iterable[Any]) -> Iterator[Any]:
        for one, made in results(work):
            tell(f"{one.system} {one.kind}", len(made))
            yield one, made

    return told


def carry_out(desk: Desk, plan: Plan) -> dict[str, Any]:
    """Run a plan, or what is left of it, and return its run; once done nothing happens.

    Raises:
        PlanChangedError: What the plan was made of has changed.
        NotTestedError: Production before an accepted test batch.
        RunStateError: Another run is not finished.
    """
    with desk.ledger() as book:
        mine = [r for r in book.runs() if r["plan_hash"] == plan.hash]
        own = mine[-1]["number"] if mine and mine[-1]["state"] != "rolled_back" else None
        if own is not None and mine[-1]["state"] in {"done", "accepted"}:
            return mine[-1]
        prepared = desk.prepared(book, plan.options, own)
        planning.require_same(plan, prepared.ingredients)
        target = plan.options.place or shown(plan.options.target)
        run = running.open_run(book, plan, target)
        _execute(desk, book, run, prepared)
        return book.run(run["number"])


def _execute(desk: Desk, book: Book, run: dict[str, Any], prepared: Prepared) -> None:
    """Do what is left of a run."""
    with (
        running.making(prepared, desk.jobs) as results,
        desk.target(prepared.options) as target,
    ):
        told = _telling(results, desk.tell)
        for _ in running.execute(book, run["number"], prepared.batches(), target, told):
            pass


def resume(desk: Desk) -> dict[str, Any]:
    """Do what is left of the last run.

    Raises:
        RunStateError: It is being rolled back.
    """
    with desk.ledger() as book:
        run = book.run()
    if run["state"] in {"rolling_back", "rolled_back"}:
        state = running.STATES[run["state"]]
        raise RunStateError(run=run["number"], state=state, advice=running.UNDOING)
    return carry_out(desk, plan_of(run))


def plan_of(run: dict[str, Any]) -> Plan:
    """Return the plan that a run was begun with."""
    return msgspec.json.decode(run["plan"].encode(), type=Plan)


def check(desk: Desk, number: int | None = None) -> tuple[dict[str, Any], Reconciliation]:
    """Reconcile a run, the last one unless told which.

    Raises:
        RunStateError: It is not finished.
    """
    with desk.ledger() as book:
        run = book.run(number)
        return run, _reconciled(desk, book, run)


def _reconciled(desk: Desk, book: Book, run: dict[str, Any]) -> Reconciliation:
    if run["state"] not in {"done", "accepted"}:
        state = running.STATES[run["state"]]
        raise RunStateError(run=run["number"], state=state, advice=running.FINISH)
    plan = plan_of(run)
    prepared = desk.prepared(book, plan.options, run["number"])
    bare = dataclasses.replace(prepared, parts=())
    made = maker(
        desk.workspace, bare.profiles, plan.options.as_of, desk.workspace.settings.ledger.node
    )
    with (
        running.making(prepared, desk.jobs) as results,
        desk.target(plan.options) as target,
    ):
        found = reconcile(
            book, run, prepared,
            plan=plan, target=target, maker=made, results=_telling(results, desk.tell),
        )  # fmt: skip
    book.remember("run reconciled", run=run["number"], differences=found.difference)
    return found


TARGET = N_("run {run}: {count} {what}")
"""A fault of a target; *what* is one of the sentences of `standing`."""


def audit(desk: Desk, *, targets: bool = True) -> tuple[list[Fault], str]:
    """Return what is not as it was written in the ledger and the targets, and the trail's head.

    Args:
        desk: The desk.
        targets: Also read the documents of every finished run.
    """
    with desk.ledger() as book:
        faults = verify(book)
        finished = [run for run in book.runs() if run["state"] in {"done", "accepted"}]
        for run in finished if targets else ():
            with desk.target(plan_of(run).options) as target:
                found = standing.differences(book, run["number"], target)
            faults += [
                Fault(TARGET, {"run": run["number"], "count": count, "what": gettext(what)})
                for what, count in found.items()
                if count
            ]
        return faults, head(book)


def write_sample(desk: Desk, path: Path, *, size: int, seed: int, number: int | None) -> None:
    """Write the protocol of a sample in the form that the name of *path* ends with."""
    with desk.ledger() as book:
        run = book.run(number)
        plan = plan_of(run)
        prepared = desk.prepared(book, plan.options, run["number"])
        node = desk.workspace.settings.ledger.node
        made = maker(desk.workspace, prepared.profiles, plan.options.as_of, node)
        chosen = sampling.drawn(book.every(run["number"]), size, seed)
        batches = book.batches(run["number"])
        chain = batches[-1]["chain"] if batches else ""
        told = protocol.facts(run["number"], seed, size, chain, head(book))
        with desk.target(plan.options) as target, replacing(path) as stream:
            rows = sampling.compared(prepared, made, target, chosen)
            write(path, protocol.protocol(rows, told), stream)
        facts = {"run": run["number"], "seed": seed, "records": len(chosen)}
        book.remember("sample revealed", **facts)


def accept(desk: Desk, statement: str, number: int | None = None) -> dict[str, Any]:
    """Close a run for good, after it has been reconciled without a difference.

    Raises:
        RunStateError: It is not done, or accepted already.
        DifferenceError: Its reconciliation shows a difference.
    """
    with desk.ledger() as book:
        run = book.run(number)
        if run["state"] != "done":
            state = running.STATES[run["state"]]
            advice = running.ACCEPTED if run["state"] == "accepted" else running.FINISH
            raise RunStateError(run=run["number"], state=state, advice=advice)
        found = _reconciled(desk, book, run)
        if found.difference:
            raise DifferenceError(run=run["number"], count=found.difference)
        batches = book.batches(run["number"])
        book.accept(run["number"], statement, batches[-1]["chain"] if batches else "")
        return book.run(run["number"])


def undo(desk: Desk, number: int | None = None) -> dict[str, Any]:
    """Roll a run back, so that its target is to the byte as it was before it.

    Raises:
        RunStateError: It is accepted, or rolled back already.
    """
    with desk.ledger() as book:
        run = book.run(number)
        with desk.target(plan_of(run).options) as target:
            for done in running.roll_back(book, run, target):
                desk.tell("", done.records)
        return book.run(run["number"])
