"""The second half of the demo: the region's old records become national documents."""

import datetime as dt
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.memory import peak_mb
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.migration.desk import Desk

USER = "demo"
TESTED = 50
"""Records of each table of each system in the test batch."""

TOLD = N_(
    "Migrated in {seconds:.1f} s: {moved} documents and rows of {read} records, {speed} a second; "
    "differences {difference}; at most {memory} MB of memory in one process."
)


def run(output: Path, as_of: dt.date) -> None:
    """Plan, test, run and reconcile the migration of the exports in *output*."""
    from kirjaamo import samples
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.cli.progress import progress
    from kirjaamo.migration.desk import Desk
    from kirjaamo.workspace import find

    started = time.perf_counter()
    samples.workspace(output)
    shutil.rmtree(output / "migration", ignore_errors=True)  # of an earlier demo
    for left in output.glob("ledger.sqlite*"):
        left.unlink()
    workspace = find(output)
    assert workspace is not None, "just written"  # noqa: S101 - by construction
    with progress(quiet=False) as told:
        desk = Desk(
            workspace,
            lambda: inputs((), None, workspace).tables,
            lambda: dt.datetime.now(dt.UTC),
            USER,
            2,
            told,
        )
        _run(desk, as_of, "test", TESTED)
        read, moved, difference = _run(desk, as_of, "production", 0)
    seconds = time.perf_counter() - started
    sentence = gettext(TOLD).format(
        seconds=seconds, moved=moved, read=read, speed=round(moved / seconds),
        difference=difference, memory=peak_mb(),
    )  # fmt: skip
    click.echo(sentence, err=True)


def _run(desk: "Desk", as_of: dt.date, stage: str, limit: int) -> tuple[int, int, int]:
    """Carry one stage out, accept it, and return records read, moved and differing."""
    from kirjaamo.migration import showing, steps

    plan = steps.make_plan(desk, steps.options(as_of=as_of, stage=stage, limit=limit))
    done = steps.carry_out(desk, plan)
    done, found = steps.check(desk, done["number"])
    with desk.ledger() as book:
        click.echo(showing.run_sentence(book, done))
    if stage == "production":
        for sentence in list(showing.sentences(plan, 0.0))[2:]:
            click.echo(f"  {sentence}")
    else:
        steps.accept(desk, gettext("Test batch of the demo"), done["number"])
    return plan.total(), plan.total(outcome="moved"), found.difference
