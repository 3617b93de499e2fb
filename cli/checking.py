"""What every command that checks shares: its options, the files it writes, and how it ends."""

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kirjaamo.cli import completion
from kirjaamo.cli.base import option
from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.cli.inputs import Inputs
    from kirjaamo.run import Run
    from kirjaamo.workspace import Workspace

SEVERITIES = ("error", "warning", "note")

Command = Callable[..., None]


class NeedsFileError(KirjaamoError):
    """A format that is not text was to be printed."""

    sentence = N_("The format {form} is not for a terminal. Name a file with --output.")


class OverwritesSourceError(KirjaamoError):
    """A report would be written over the export that is checked."""

    sentence = N_("{path} is one of the files to check. Write the report to another file.")


def rule_options(complete: completion.Offer) -> Callable[[Command], Command]:
    """Give a command ``--select`` and ``--ignore``; *complete* knows the codes."""

    def decorate(command: Command) -> Command:
        ignore = option("--ignore", multiple=True, metavar="CODE", shell_complete=complete,
                        help=N_("Not these rules or families."))  # fmt: skip
        select = option("--select", multiple=True, metavar="CODE", shell_complete=complete,
                        help=N_("Only these rules or families."))  # fmt: skip
        return select(ignore(command))

    return decorate


def report_options(command: Command) -> Command:
    """Give a command ``--format``, ``--output``, ``--baseline``, ``--fail-on`` and ``--quiet``."""
    for made in (
        option("-q", "--quiet", is_flag=True, help=N_("Print nothing on standard output.")),
        option("--fail-on", type=click.Choice(SEVERITIES), help=N_("Least severity that ends with 1.")),
        option("--baseline", type=click.Path(path_type=Path),
               help=N_("Earlier json report: show only what is new.")),
        option("-o", "--output", multiple=True, type=click.Path(dir_okay=False, path_type=Path),
               help=N_("File to write; its ending chooses the format. May be given several times.")),
        option("--format", "form", default="text", metavar="FORMAT", shell_complete=completion.formats,
               help=N_("How to print the result.")),
    ):  # fmt: skip
        command = made(command)
    return command


@dataclass(frozen=True, slots=True)
class Telling:
    """How the result of a check is told.

    Attributes:
        form: Format of standard output.
        output: Files to write.
        formats: The format of each.
        fail_on: Least severity that ends with 1; that of the workspace when None.
        quiet: Whether nothing is printed.
    """

    form: str
    output: tuple[Path, ...]
    formats: tuple[str, ...]
    fail_on: str | None
    quiet: bool

    @classmethod
    def of(
        cls,
        ctx: click.Context,
        form: str,
        output: tuple[Path, ...],
        fail_on: str | None,
        *,
        quiet: bool,
    ) -> "Telling":
        """Return what the options ask for; what cannot be printed is refused before the work.

        Raises:
            NeedsFileError: The format is not for a terminal, and no file is named.
            UnknownNameError: There is no such format.
        """
        from kirjaamo import reports

        if reports.get(form).binary and not output:
            raise NeedsFileError(form=form)
        explicit = ctx.get_parameter_source("form") is not ParameterSource.DEFAULT
        names = tuple(form if explicit else reports.for_file(file) for file in output)
        return cls(form, output, names, fail_on, quiet)

    def begin(self, found: "Inputs", workspace: "Workspace | None", as_of: dt.date) -> None:
        """See that nothing is overwritten, and say what is not read and which waivers ended.

        Raises:
            OverwritesSourceError: A report would take the place of a file that is checked.
        """
        names = [source.location.removeprefix("sqlite:///") for source in found.tables]
        sources = {path.resolve() for path in [*map(Path, names), *found.documents]}
        for file in self.output:
            if file.resolve() in sources:
                raise OverwritesSourceError(path=file)
        _tell(found, workspace, as_of)

    def end(self, run: "Run", found: "Inputs", workspace: "Workspace | None") -> ExitCode:
        """Write and print the result, and return how the command ends."""
        for file, name in zip(self.output, self.formats, strict=True):
            _write(run, found, file, name)
        if not self.quiet:
            _print("text" if self.output else self.form, run)
        return _exit_code(run, self.fail_on, workspace)


def _tell(found: "Inputs", workspace: "Workspace | None", as_of: dt.date) -> None:
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


def _write(run: "Run", found: "Inputs", file: Path, name: str) -> None:
    """Write a report in a format and say so."""
    from kirjaamo import reports
    from kirjaamo.files import replacing

    with replacing(file) as stream:
        reports.write(name, run, stream, sources=found.tables)
    click.echo(gettext("Wrote {path}").format(path=file), err=True)


def _print(name: str, run: "Run") -> None:
    """Print the result on standard output, in colour where it is a terminal."""
    from kirjaamo import reports

    if name == "text":
        from rich.console import Console

        from kirjaamo.reports import text

        text.show(run, Console())
        return
    reports.write(name, run, sys.stdout.buffer)


def _exit_code(run: "Run", fail_on: str | None, workspace: "Workspace | None") -> ExitCode:
    """Return how the command ends; the workspace holds where no severity was asked for."""
    from kirjaamo.findings import Severity, at_least
    from kirjaamo.run import State

    least = fail_on or (workspace.settings.check.fail_on if workspace else "error")
    bad = at_least(Severity(least))
    if any(state.found and str(state.rule.severity) in bad for state in run.states):
        return ExitCode.FINDINGS
    failed = any(state.state is State.FAILED for state in run.states)
    return ExitCode.PARTIAL if failed else ExitCode.CLEAN
