"""``kirjaamo map``: what old codes become, as data that a person approves."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli import map_records
from kirjaamo.cli.base import argument, group, option
from kirjaamo.errors import ExitCode, SettingsError, UnknownNameError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.mappings.occurrences import Occurrences
    from kirjaamo.mappings.suggesting import Known
    from kirjaamo.sources.formats import Source
    from kirjaamo.sources.profile import Profile
    from kirjaamo.workspace import Workspace

DAY = click.DateTime(["%Y-%m-%d"])

path_argument = argument("path", nargs=-1)
profile_option = option(
    "--profile", metavar="NAME", help=N_("Source profile; otherwise the one that fits.")
)
mapping_option = option(
    "--mapping",
    "wanted",
    multiple=True,
    metavar="NAME",
    help=N_("Only this mapping; may be repeated."),
)
on_option = option(
    "--on",
    "day",
    type=DAY,
    metavar="DATE",
    help=N_("The day on which the new codes are used (today)."),
)


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--format`` and ``--output``."""
    form = option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "csv"]),
        default="text",
        show_default=True,
        help=N_("How the result is written."),
    )
    output = option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File to write instead of standard output."),
    )
    found: Callable[..., None] = form(output(command))
    return found


@dataclass(frozen=True, slots=True)
class Ground:
    """What a command works on: the exports, and what is known."""

    workspace: "Workspace | None"
    found: "list[Occurrences]"
    known: "Known"


@group(
    "map",
    help=N_(
        "Mappings from old codes to national ones: suggest, decide in a workbook, check.\n\n"
        "PATH is a file, a folder or a database URL, as for “kirjaamo check”; without it the "
        "sources of the workspace are read."
    ),
)
def map_() -> None:
    """Hold the commands about mappings."""


@map_.command(
    "list", help=N_("List the mappings in use; with NAME, the numbered rows of one of them.")
)
@argument("name", required=False)
@output_options
def list_(name: str | None, form: str, output: Path | None) -> None:
    """List the crosswalks, or the rows of one."""
    from kirjaamo.mappings import load, pages
    from kirjaamo.workspace import find

    workspace = find()
    crosswalks = load(workspace, _profiles(workspace))
    if name is None:
        _show(pages.listed(crosswalks), form, output)
        return
    if name not in crosswalks:
        raise UnknownNameError(kind=N_("mapping"), name=name, known=tuple(crosswalks))
    one = crosswalks[name]
    _show(pages.rows(one), form, output, title=f"{name}: {one.source} → {one.target}")
    if form == "text" and one.note:
        click.echo(one.note, err=True)


@map_.command(
    help=N_(
        "Suggest new codes for the values that are not mapped yet, ranked, with evidence.\n\n"
        "A suggestion is never applied by itself: decide in the mapping workbook."
    )
)
@path_argument
@profile_option
@mapping_option
@on_option
@output_options
def suggest(  # noqa: PLR0917 - click passes options by name
    path: tuple[str, ...],
    profile: str | None,
    wanted: tuple[str, ...],
    day: dt.datetime | None,
    form: str,
    output: Path | None,
) -> None:
    """Print ranked suggestions."""
    from kirjaamo.mappings.suggesting import table

    ground = _ground(path, profile, wanted, day)
    _show(table(ground.found, ground.known, wanted), form, output)


@map_.command(
    help=N_(
        "Write the mapping workbook: a sheet for every list, with old values, how often, when and "
        "where they occur, suggestions with evidence, and drop-downs to decide with."
    )
)
@path_argument
@profile_option
@mapping_option
@on_option
@option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("mapping.xlsx"),
    show_default=True,
    help=N_("File to write."),
)
def workbook(
    path: tuple[str, ...],
    profile: str | None,
    wanted: tuple[str, ...],
    day: dt.datetime | None,
    output: Path,
) -> None:
    """Write the mapping workbook."""
    from kirjaamo.files import replacing
    from kirjaamo.mappings.loading import own
    from kirjaamo.mappings.workbook.sheets import sheets
    from kirjaamo.mappings.workbook.writing import write

    ground = _ground(path, profile, wanted, day)
    made = sheets(ground.found, ground.known, wanted)
    editions = {name: one.edition for name, one in own(ground.workspace).items()}
    with replacing(output) as stream:
        write(stream, made, editions)
    click.echo(gettext("Wrote {path}").format(path=output), err=True)


@map_.command(
    "import",
    help=N_(
        "Read a mapping workbook into the workspace, all of it or nothing.\n\n"
        "What is inconsistent is named by sheet and cell, and then nothing is changed."
    ),
)
@argument("file", type=click.Path(path_type=Path))
@on_option
@output_options
def import_(file: Path, day: dt.datetime | None, form: str, output: Path | None) -> None:
    """Import a workbook as crosswalks of the workspace."""
    from kirjaamo.classifications import Codes
    from kirjaamo.files import write
    from kirjaamo.mappings.form import canonical
    from kirjaamo.mappings.loading import FOLDER, base, own, resolved
    from kirjaamo.mappings.workbook import importing

    workspace = _workspace()
    codes = Codes(workspace.classifications)
    below = {name: resolved(one, codes) for name, one in base(_every(workspace)).items()}
    ground = importing.Ground(below, own(workspace), codes, _day(day))
    made = importing.imported(file, ground)
    for name, one in made.items():
        write(workspace.folder / FOLDER / f"{name}.yaml", canonical(one))
    _show(importing.summary(ground.own, made.values()), form, output)


@map_.command(
    help=N_(
        "Check the mappings: whether every old value has a row, and whether the new codes are in "
        "force and certain.\n\n"
        "Ends with 1 when there is an error. The report names rows, never values of records."
    )
)
@path_argument
@profile_option
@mapping_option
@on_option
@option("--alone", is_flag=True, help=N_("Look at the mappings only, not at any export."))
@output_options
@click.pass_context
def check(  # noqa: PLR0917 - click passes options by name
    ctx: click.Context,
    path: tuple[str, ...],
    profile: str | None,
    wanted: tuple[str, ...],
    day: dt.datetime | None,
    alone: bool,
    form: str,
    output: Path | None,
) -> None:
    """Check the crosswalks, alone or against the exports."""
    import polars as pl

    from kirjaamo.mappings import checking, coverage

    ground = _alone(wanted, day) if alone else _ground(path, profile, wanted, day)
    graded = None if alone else coverage.every(ground.found, ground.known, wanted)
    found = checking.check(ground.known, graded)
    if wanted:
        found = found.filter(pl.col("mapping").is_in(wanted))
    _show(found, form, output)
    errors = not found.filter(pl.col("severity") == "error").is_empty()
    ctx.exit(ExitCode.FINDINGS if errors else ExitCode.CLEAN)


@map_.command(
    help=N_(
        "Show how much of what occurs is mapped: records and decisions, as counts and per cent, "
        "and what the rest waits for."
    )
)
@path_argument
@profile_option
@mapping_option
@on_option
@option(
    "--by",
    type=click.Choice(["list", "system", "unit", "year", "reason"]),
    default="list",
    show_default=True,
    help=N_("What a line is about."),
)
@output_options
def coverage(  # noqa: PLR0917 - click passes options by name
    path: tuple[str, ...],
    profile: str | None,
    wanted: tuple[str, ...],
    day: dt.datetime | None,
    by: str,
    form: str,
    output: Path | None,
) -> None:
    """Tell how much is covered."""
    from kirjaamo.mappings import coverage as room

    ground = _ground(path, profile, wanted, day)
    graded = room.every(ground.found, ground.known, wanted)
    if by == "system":
        frame = room.by_system(graded, ground.found, ground.known)
    else:
        frame = room.coverage(graded, by)
    _show(frame, form, output)


def _ground(
    path: tuple[str, ...], profile: str | None, wanted: tuple[str, ...], day: dt.datetime | None
) -> Ground:
    """Return the exports behind *path* and the mappings in use.

    Raises:
        UnknownNameError: A name of *wanted* is neither a mapping nor a list that occurs.
        NothingToCheckError: There are no exports.
    """
    from kirjaamo.classifications import Codes
    from kirjaamo.cli.inputs import NothingToCheckError, inputs
    from kirjaamo.mappings import load
    from kirjaamo.mappings.occurrences import occurrences
    from kirjaamo.mappings.suggesting import Known
    from kirjaamo.workspace import find

    workspace = find()
    sources: tuple[Source, ...] = inputs(path, profile, workspace).tables
    if not sources:
        raise NothingToCheckError
    found = occurrences(sources)
    crosswalks = load(workspace, [one.profile for one in sources])
    names = {target.name for one in found for target in one.targets()}
    _see_known(wanted, {*crosswalks, *names})
    codes = Codes(workspace.classifications if workspace else None)
    return Ground(workspace, found, Known(crosswalks, codes, _day(day)))


def _alone(wanted: tuple[str, ...], day: dt.datetime | None) -> Ground:
    """Return the mappings in use without any export."""
    from kirjaamo.classifications import Codes
    from kirjaamo.mappings import load
    from kirjaamo.mappings.suggesting import Known
    from kirjaamo.workspace import find

    workspace = find()
    crosswalks = load(workspace, _profiles(workspace))
    _see_known(wanted, set(crosswalks))
    codes = Codes(workspace.classifications if workspace else None)
    return Ground(workspace, [], Known(crosswalks, codes, _day(day)))


def _see_known(wanted: tuple[str, ...], known: set[str]) -> None:
    for name in wanted:
        if name not in known:
            raise UnknownNameError(kind=N_("mapping"), name=name, known=tuple(sorted(known)))


def _profiles(workspace: "Workspace | None") -> "list[Profile]":
    """Return the profiles of the sources that the workspace names."""
    from kirjaamo.cli.inputs import chosen

    sources = workspace.settings.sources if workspace else ()
    return [chosen(name, workspace) for name in sorted({one.profile for one in sources})]


def _every(workspace: "Workspace") -> "list[Profile]":
    """Return every profile, the workspace's own last, so that they win."""
    from kirjaamo.cli.inputs import profiles

    return list(profiles(workspace).values())


def _workspace() -> "Workspace":
    from kirjaamo.workspace import FILE, find

    workspace = find()
    if workspace is None:
        reason = N_(
            "mappings are stored in a workspace, and there is none here; run kirjaamo init"
        )
        raise SettingsError(file=FILE, reason=reason)
    return workspace


def _day(day: dt.datetime | None) -> dt.date:
    return (day or dt.datetime.now(dt.UTC)).date()


def _show(frame: "pl.DataFrame", form: str, output: Path | None, title: str = "") -> None:
    """Print a table; for eyes, words of our own are translated."""
    from kirjaamo.cli.frames import show
    from kirjaamo.mappings import pages

    show(pages.translated(frame) if form == "text" else frame, form, output, title=title)


map_records.join(map_)
