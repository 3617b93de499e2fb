"""``kirjaamo migrate``: old records become national documents, with a ledger of every step."""

import datetime as dt
import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.options import as_of_option, output_options
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.migration.desk import Desk

PLAN = Path("migration/plan.json")


jobs_option = option(
    "--jobs", type=click.IntRange(1), default=1, help=N_("How many processes make documents.")
)
run_option = option("--run", "number", type=int, help=N_("Number of the run; the last one."))


@group(help=N_("Move old records into national documents, step by step and reversibly."))
@option("-v", "--verbose", is_flag=True, help=N_("Write a log of events to standard error."))
def migrate(verbose: bool) -> None:
    """Hold the commands of a migration."""
    from kirjaamo import log

    log.start(verbose=verbose)


@contextmanager
def _desk(jobs: int = 1) -> Iterator["Desk"]:
    """Give what every step works with, and show progress."""
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.cli.progress import progress
    from kirjaamo.migration.desk import Desk
    from kirjaamo.workspace import needed

    workspace = needed()
    with progress(quiet=False) as told:
        yield Desk(
            workspace, lambda: inputs((), None, workspace).tables,
            lambda: dt.datetime.now(dt.UTC), getpass.getuser(), jobs, told,
        )  # fmt: skip


@migrate.command(
    help=N_(
        "Say what would move, be held or be rejected and why, and write the plan that “run” "
        "carries out. Everything is made and checked; nothing is moved."
    )
)
@option("--stage", type=click.Choice(["test", "production"]), default="production",
        show_default=True, help=N_("A test batch comes before production."))  # fmt: skip
@option("--target", default="folder", show_default=True, metavar="FORM",
        help=N_("folder, jsonl, zip, or the URL of a database with load tables."))  # fmt: skip
@option("--place", default="", metavar="FOLDER", help=N_("Folder of the target."))
@option("--only", multiple=True, metavar="WORD=VALUE",
        help=N_("Only system=, unit=, task= or kind=; may be repeated."))  # fmt: skip
@option("--limit", type=click.IntRange(0), default=0,
        help=N_("At most so many records of each table of each system."))  # fmt: skip
@option("--batch", type=click.IntRange(1), help=N_("Records of a batch (5000)."))
@as_of_option
@option("-p", "--plan", "path", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File of the plan (migration/plan.json)."))  # fmt: skip
@jobs_option
@output_options
def plan(  # noqa: PLR0917 - click passes each option by name
    stage: str,
    target: str,
    place: str,
    only: tuple[str, ...],
    limit: int,
    batch: int | None,
    as_of: dt.datetime | None,
    path: Path | None,
    jobs: int,
    form: str,
    output: Path | None,
) -> None:
    """Make a plan and show it."""
    import time

    from kirjaamo.cli.frames import show
    from kirjaamo.migration import planning, showing, steps

    started = time.perf_counter()
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    wanted = steps.options(
        as_of=day, target=target, place=place, stage=stage, only=only, limit=limit,
        batch=batch or 0,
    )  # fmt: skip
    with _desk(jobs) as desk:
        made = steps.make_plan(desk, wanted)
        file = path or desk.workspace.folder / PLAN
    planning.store(file, made)
    show(showing.counts(made), form, output, title=gettext("Plan"))
    for sentence in showing.sentences(made, time.perf_counter() - started):
        click.echo(sentence, err=True)
    click.echo(gettext("Wrote {path}").format(path=file), err=True)


@migrate.command(help=N_("Carry out a plan; what is done already is not done again."))
@argument("path", metavar="[PLAN]", required=False,
          type=click.Path(dir_okay=False, path_type=Path))  # fmt: skip
@jobs_option
def run(path: Path | None, jobs: int) -> None:
    """Run a plan."""
    from kirjaamo.migration import planning, steps

    with _desk(jobs) as desk:
        made = planning.read(path or desk.workspace.folder / PLAN)
        _say_run(desk, steps.carry_out(desk, made))


@migrate.command(help=N_("Do what is left of the last run, as it was planned."))
@jobs_option
def resume(jobs: int) -> None:
    """Resume the last run."""
    from kirjaamo.migration import steps

    with _desk(jobs) as desk:
        _say_run(desk, steps.resume(desk))


def _say_run(desk: "Desk", done: dict[str, Any]) -> None:
    from kirjaamo.migration import showing

    with desk.ledger() as book:
        click.echo(showing.run_sentence(book, done))


@migrate.command(help=N_("List the runs, or the batches of one run."))
@option("--run", "number", type=int, help=N_("Number of the run."))
@output_options
def status(number: int | None, form: str, output: Path | None) -> None:
    """Show runs or batches."""
    from kirjaamo.cli.frames import show
    from kirjaamo.migration import showing

    with _desk() as desk, desk.ledger() as book:
        frame = showing.runs(book) if number is None else showing.batches(book, number)
        for sentence in showing.warnings(book):
            click.echo(sentence, err=True)
    show(frame, form, output, title="")


@migrate.command(
    help=N_(
        "Compare sources, ledger and target of a run, and write the protocol of a sample if "
        "asked. Ends with 1 when there is any difference.\n\nThe protocol holds values of "
        "records; nothing else does."
    )
)
@run_option
@option("--protocol", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("Write the protocol of a sample (.xlsx or .html)."))  # fmt: skip
@option("--sample", "size", type=click.IntRange(1), default=5, show_default=True,
        help=N_("Records of each system, table and service task."))  # fmt: skip
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@option("--indicators", is_flag=True, help=N_("Show old and new counts by year instead."))
@jobs_option
@output_options
@click.pass_context
def reconcile(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    number: int | None,
    protocol: Path | None,
    size: int,
    seed: int,
    indicators: bool,
    jobs: int,
    form: str,
    output: Path | None,
) -> None:
    """Reconcile a run."""
    from kirjaamo.cli.frames import show
    from kirjaamo.migration import steps
    from kirjaamo.protocol import check_ending

    if protocol is not None:
        check_ending(protocol)
    with _desk(jobs) as desk:
        done, found = steps.check(desk, number)
        if protocol is not None:
            steps.write_sample(desk, protocol, size=size, seed=seed, number=done["number"])
            click.echo(gettext("Wrote {path}").format(path=protocol), err=True)
    show(found.indicators if indicators else found.groups, form, output, title="")
    for sentence in found.sentences():
        click.echo(sentence, err=True)
    told = gettext("Differences: {count}. Fields read back: {fields}.")
    fields = found.inverted.equal + found.inverted.different
    click.echo(told.format(count=found.difference, fields=fields), err=True)
    ctx.exit(ExitCode.FINDINGS if found.difference else ExitCode.CLEAN)


@migrate.command(
    help=N_(
        "Close a run for good: it is reconciled once more, and cannot be rolled back any more."
    )
)
@run_option
@option("--statement", required=True, help=N_("What is accepted, and on what ground."))
@jobs_option
def accept(number: int | None, statement: str, jobs: int) -> None:
    """Accept a run."""
    from kirjaamo.migration import steps

    with _desk(jobs) as desk:
        _say_run(desk, steps.accept(desk, statement, number))


@migrate.command(help=N_("Undo a run that is not accepted: the target is as it was before it."))
@run_option
def rollback(number: int | None) -> None:
    """Roll a run back."""
    from kirjaamo.migration import steps

    with _desk() as desk:
        _say_run(desk, steps.undo(desk, number))


@migrate.command(help=N_("Compare two runs: which records met another end, counted."))
@argument("before", type=int)
@argument("after", type=int)
@output_options
def diff(before: int, after: int, form: str, output: Path | None) -> None:
    """Compare two runs."""
    from kirjaamo.cli.frames import show
    from kirjaamo.migration import showing

    with _desk() as desk, desk.ledger() as book:
        frame = showing.difference(book, before, after)
    show(frame, form, output, title="")


@migrate.group(help=N_("The audit trail: who did what and when, and whether it is whole."))
def audit() -> None:
    """Hold the commands about the audit trail."""


@audit.command(
    help=N_(
        "Verify every link of the ledger and every document of finished runs, and print the head "
        "of the audit trail, to be kept elsewhere. Ends with 1 when something is not as it was "
        "written."
    )
)
@option("--ledger-only", is_flag=True,
        help=N_("Do not read the targets, for instance because they were handed over."))  # fmt: skip
@click.pass_context
def verify(ctx: click.Context, ledger_only: bool) -> None:
    """Verify the ledger and the targets."""
    from kirjaamo.migration import steps

    with _desk() as desk:
        faults, told = steps.audit(desk, targets=not ledger_only)
    for fault in faults:
        click.echo(str(fault))
    click.echo(gettext("Head of the audit trail: {head}").format(head=told))
    ctx.exit(ExitCode.FINDINGS if faults else ExitCode.CLEAN)


@audit.command(
    "show", help=N_("Show the audit trail, or the records of a run that did not move.")
)
@option("--run", "number", type=int, help=N_("Number of the run."))
@output_options
def show_(number: int | None, form: str, output: Path | None) -> None:
    """Show the trail, or what was held."""
    from kirjaamo.cli.frames import show
    from kirjaamo.migration import showing

    _shown(lambda book: showing.trail(book) if number is None else showing.left(book, number),
           lambda frame: show(frame, form, output, title=""))  # fmt: skip


@audit.command(help=N_("Write the whole audit trail as JSON lines, for a SIEM or an archive."))
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File to write instead of standard output."))  # fmt: skip
def export(output: Path | None) -> None:
    """Export the trail."""
    from kirjaamo.files import write

    def put(frame: "pl.DataFrame") -> None:
        text = frame.write_ndjson()
        click.echo(text, nl=False) if output is None else write(output, text.encode())

    from kirjaamo.migration import showing

    _shown(showing.trail, put)


def _shown(
    frame: Callable[[Any], "pl.DataFrame"], put: "Callable[[pl.DataFrame], None]"
) -> None:
    with _desk() as desk, desk.ledger() as book:
        found = frame(book)
    put(found)
