"""``kirjaamo check``: exports and documents against the rules."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli import completion
from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.checking import Telling, report_options, rule_options
from kirjaamo.cli.options import as_of_option, profile_option
from kirjaamo.messages import N_

if TYPE_CHECKING:
    pass


@command(
    help=N_(
        "Check the exports of client systems, and client documents, against national code lists "
        "and rules.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "checked. A profile says how an export becomes tables; what no profile fits and is JSON, "
        "XML or a zip is read as client documents.\n\n"
        "Ends with 0 when nothing was found, 1 when there are findings, 3 when a rule failed."
    )
)
@argument("path", nargs=-1)
@profile_option
@option("--structure", metavar="OID", help=N_("Structure of documents that do not tell it."))
@rule_options(completion.rules)
@as_of_option
@report_options
@option("--jobs", type=click.IntRange(1), help=N_("How many pieces are checked at once."))
@option("-v", "--verbose", is_flag=True, help=N_("Write a log of events to standard error."))
@click.pass_context
def check(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    path: tuple[str, ...],
    profile: str | None,
    structure: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    as_of: dt.datetime | None,
    form: str,
    output: tuple[Path, ...],
    baseline: Path | None,
    fail_on: str | None,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check sources and print what was found."""
    from kirjaamo import log
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.cli.progress import progress
    from kirjaamo.validators.checking import Choice
    from kirjaamo.validators.checking import check as run
    from kirjaamo.workspace import find

    log.start(verbose=verbose)
    workspace = find()
    telling = Telling.of(ctx, form, output, fail_on, quiet=quiet)
    choice = Choice(
        as_of=as_of.date() if as_of else dt.datetime.now(tz=dt.UTC).date(),
        select=select,
        ignore=ignore,
        structure=structure or "",
        baseline=baseline,
        jobs=jobs or os.cpu_count() or 1,
    )
    found = inputs(path, profile, workspace)
    telling.begin(found, workspace, choice.as_of)
    log.event("check started", sources=len(found.tables) + len(found.documents))
    with progress(quiet=quiet) as told:
        finished = run(found.tables, found.documents, choice, workspace, told)
    log.event("check ended", rows=finished.rows, findings=len(finished.findings))
    ctx.exit(telling.end(finished, found, workspace))
