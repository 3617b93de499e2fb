"""``kirjaamo archive readiness``: how ready the organisation is, and what a client would see."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import as_of_option, profile_option
from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.archive.readiness.report import Report
    from kirjaamo.workspace import Workspace


class ReportFormError(KirjaamoError):
    """The name of a file ends with no form of a readiness report."""

    sentence = N_("{path} is neither .html nor .xlsx. Choose one of them.")


class EntriesExistError(KirjaamoError):
    """A list of entries was to be written where there is one."""

    exit_code = ExitCode.CONFLICT
    sentence = N_("{path} is there already. Nothing was changed.")


@command(
    help=N_(
        "Report how ready the organisation is to store client documents: survey, mappings, OIDs, "
        "registers, units, cards and signing, the self-monitoring plan, what is open, and what a "
        "client would see wrong in the citizens' service.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "read. Ends with 1 while anything is open."
    )
)
@argument("path", nargs=-1)
@profile_option
@as_of_option
@option("-o", "--output", "outputs", multiple=True, type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File for the report: .html or .xlsx; may be repeated."))  # fmt: skip
@option("--reveal", is_flag=True,
        help=N_("List workers by name too; the audit trail tells it."))  # fmt: skip
@option("--entries", is_flag=True,
        help=N_("Write readiness.yaml, the entries of the self-monitoring plan, to fill in."))  # fmt: skip
@click.pass_context
def readiness(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    path: tuple[str, ...],
    profile: str | None,
    as_of: dt.datetime | None,
    outputs: tuple[Path, ...],
    reveal: bool,
    entries: bool,
) -> None:
    """Report readiness."""
    from kirjaamo.archive.readiness.report import report
    from kirjaamo.cli.inputs import NothingToCheckError, inputs
    from kirjaamo.cli.readiness_ground import ground
    from kirjaamo.workspace import needed

    workspace = needed()
    if entries:
        _write_entries(workspace)
        return
    for output in outputs:
        if output.suffix not in {".html", ".xlsx"}:
            raise ReportFormError(path=output)
    sources = inputs(path, profile, workspace).tables
    if not sources:
        raise NothingToCheckError
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).astimezone().date()
    told = report(ground(workspace, sources, day))
    _show(told, reveal=reveal)
    if reveal:
        _remember(workspace, told)
    for output in outputs:
        _write(told, output, reveal=reveal)
    ctx.exit(ExitCode.FINDINGS if told.blockers else ExitCode.CLEAN)


def _write_entries(workspace: "Workspace") -> None:
    from kirjaamo.archive.readiness.entries import FILE, template
    from kirjaamo.files import write

    place = workspace.folder / FILE
    if place.exists():
        raise EntriesExistError(path=place)
    write(place, template())
    click.echo(gettext("Wrote {path}").format(path=place), err=True)


def _remember(workspace: "Workspace", told: "Report") -> None:
    from kirjaamo.cli.trail import remember

    remember(workspace, "workers revealed", workers=told.staff.height)


def _show(told: "Report", *, reveal: bool) -> None:
    """Print the areas, what is open, and what a client would see."""
    import polars as pl

    from kirjaamo.archive.readiness import tables
    from kirjaamo.cli.frames import show

    shown = [
        (tables.AREAS, tables.areas(told)),
        (tables.BLOCKERS, iter(told.blockers)),
        (tables.VIEW, tables.view(told)),
    ]
    if reveal:
        shown.append((tables.PERSONS, tables.persons(told)))
    for names, rows in shown:
        headings = tables.headings(names)
        frame = pl.DataFrame(tables.written(rows), headings, orient="row")
        show(frame, "text", None, title="")
        click.echo()


def _write(told: "Report", output: Path, *, reveal: bool) -> None:
    from kirjaamo.archive.readiness import workbook
    from kirjaamo.archive.readiness.page import page
    from kirjaamo.files import replacing

    with replacing(output) as stream:
        if output.suffix == ".html":
            stream.write(page(told, reveal=reveal))
        else:
            workbook.write(stream, told, reveal=reveal)
    click.echo(gettext("Wrote {path}").format(path=output), err=True)
