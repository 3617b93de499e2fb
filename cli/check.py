"""``kirjaamo check``: exports and documents against the rules."""

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kirjaamo.cli import completion
from kirjaamo.cli.base import argument, command, option
from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.cli.inputs import Inputs
    from kirjaamo.run import Run
    from kirjaamo.workspace import Workspace

SEVERITIES = ("error", "warning", "note")


class NeedsFileError(KirjaamoError):
    """A format that is not text was to be printed."""

    sentence = N_("The format {form} is not for a terminal. Name a file with --output.")


class OverwritesSourceError(KirjaamoError):
    """A report would be written over the export that is checked."""

    sentence = N_("{path} is one of the files to check. Write the report to another file.")


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
@option("--profile", metavar="NAME", help=N_("Source profile; otherwise the one that fits."))
@option("--structure", metavar="OID", help=N_("Structure of documents that do not tell it."))
@option(
    "--select",
    multiple=True,
    metavar="CODE",
    shell_complete=completion.rules,
    help=N_("Only these rules or families."),
)
@option(
    "--ignore",
    multiple=True,
    metavar="CODE",
    shell_complete=completion.rules,
    help=N_("Not these rules or families."),
)
@option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help=N_("The day that counts as today."),
)
@option(
    "--format",
    "form",
    default="text",
    metavar="FORMAT",
    shell_complete=completion.formats,
    help=N_("How to print the result."),
)
@option(
    "-o",
    "--output",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("File to write; its ending chooses the format. May be given several times."),
)
@option(
    "--baseline",
    type=click.Path(path_type=Path),
    help=N_("Earlier json report: show only what is new."),
)
@option("--fail-on", type=click.Choice(SEVERITIES), help=N_("Least severity that ends with 1."))
@option("--jobs", type=click.IntRange(1), help=N_("How many pieces are checked at once."))
@option("-q", "--quiet", is_flag=True, help=N_("Print nothing on standard output."))
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
    explicit = ctx.get_parameter_source("form") is not ParameterSource.DEFAULT
    wanted = formats(output, form, explicit=explicit)
    choice = Choice(
        as_of=as_of.date() if as_of else dt.datetime.now(tz=dt.UTC).date(),
        select=select,
        ignore=ignore,
        structure=structure or "",
        baseline=baseline,
        jobs=jobs or os.cpu_count() or 1,
    )
    found = inputs(path, profile, workspace)
    protect(found, output)
    tell(found, workspace, choice.as_of)
    log.event("check started", sources=len(found.tables) + len(found.documents))
    with progress(quiet=quiet) as told:
        finished = run(found.tables, found.documents, choice, workspace, told)
    log.event("check ended", rows=finished.rows, findings=len(finished.findings))
    for file, name in zip(output, wanted, strict=True):
        write(finished, found, file, name)
    if not quiet:
        print_(finished, "text" if output else form)
    ctx.exit(exit_code(finished, fail_on, workspace))


def formats(output: tuple[Path, ...], form: str, *, explicit: bool) -> list[str]:
    """Return the format of each file to write; refuse what cannot be printed before the work.

    Raises:
        NeedsFileError: The format is not for a terminal, and no file is named.
        UnknownNameError: There is no such format.
    """
    from kirjaamo import reports

    if reports.get(form).binary and not output:
        raise NeedsFileError(form=form)
    return [form if explicit else reports.for_file(file) for file in output]


def protect(found: "Inputs", output: tuple[Path, ...]) -> None:
    """See that no report takes the place of a file that is checked.

    Raises:
        OverwritesSourceError: One would.
    """
    names = [source.location.removeprefix("sqlite:///") for source in found.tables]
    sources = {path.resolve() for path in [*map(Path, names), *found.documents]}
    for file in output:
        if file.resolve() in sources:
            raise OverwritesSourceError(path=file)


def tell(found: "Inputs", workspace: "Workspace | None", as_of: dt.date) -> None:
    """Say which files are not read, and which waivers hold no longer."""
    if found.skipped:
        names = ", ".join(path.name for path in found.skipped)
        click.echo(gettext("Not read, no profile fits: {names}").format(names=names), err=True)
    if workspace is None:
        return
    from kirjaamo.waivers import in_force, read_waivers

    waivers = read_waivers(workspace.waivers)
    expired = len(waivers) - len(in_force(waivers, as_of))
    if expired:
        sentence = gettext("Waivers that hold no longer: {count}. Their findings are shown.")
        click.echo(sentence.format(count=expired), err=True)


def write(run: "Run", found: "Inputs", file: Path, name: str) -> None:
    """Write a report in a format and say so."""
    from kirjaamo import reports
    from kirjaamo.files import replacing

    with replacing(file) as stream:
        reports.write(name, run, stream, sources=found.tables)
    click.echo(gettext("Wrote {path}").format(path=file), err=True)


def print_(run: "Run", name: str) -> None:
    """Print the result on standard output, in colour where it is a terminal."""
    from kirjaamo import reports

    if name == "text":
        from rich.console import Console

        from kirjaamo.reports import text

        text.show(run, Console())
        return
    reports.write(name, run, sys.stdout.buffer)


def exit_code(run: "Run", fail_on: str | None, workspace: "Workspace | None") -> ExitCode:
    """Return how the command ends; the workspace holds where no severity was asked for."""
    from kirjaamo.findings import Severity, at_least
    from kirjaamo.run import State

    least = fail_on or (workspace.settings.check.fail_on if workspace else "error")
    bad = at_least(Severity(least))
    if any(state.found and str(state.rule.severity) in bad for state in run.states):
        return ExitCode.FINDINGS
    failed = any(state.state is State.FAILED for state in run.states)
    return ExitCode.PARTIAL if failed else ExitCode.CLEAN
