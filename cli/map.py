"""``kirjaamo map``: what old codes become, as data that a person approves."""

import datetime as dt
from pathlib import Path

import click

from kirjaamo.cli import map_records
from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.map_ground import (
    alone,
    every,
    ground,
    mapping_option,
    of_sources,
    on_option,
    own_workspace,
    path_argument,
    show,
    used_on,
)
from kirjaamo.cli.options import output_options, profile_option
from kirjaamo.errors import ExitCode, UnknownNameError
from kirjaamo.messages import N_, gettext


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
    crosswalks = load(workspace, of_sources(workspace))
    if name is None:
        show(pages.listed(crosswalks), form, output)
        return
    if name not in crosswalks:
        raise UnknownNameError(kind=N_("mapping"), name=name, known=tuple(crosswalks))
    one = crosswalks[name]
    show(pages.rows(one), form, output, title=f"{name}: {one.source} → {one.target}")
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

    here = ground(path, profile, wanted, day)
    show(table(here.found, here.known, wanted), form, output)


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

    here = ground(path, profile, wanted, day)
    made = sheets(here.found, here.known, wanted)
    editions = {name: one.edition for name, one in own(here.workspace).items()}
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

    workspace = own_workspace()
    codes = Codes(workspace.classifications)
    below = {name: resolved(one, codes) for name, one in base(every(workspace)).items()}
    base_and_own = importing.Ground(below, own(workspace), codes, used_on(day))
    made = importing.imported(file, base_and_own)
    for name, one in made.items():
        write(workspace.folder / FOLDER / f"{name}.yaml", canonical(one))
    show(importing.summary(base_and_own.own, made.values()), form, output)


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
@option(
    "--alone",
    "by_itself",
    is_flag=True,
    help=N_("Look at the mappings only, not at any export."),
)
@output_options
@click.pass_context
def check(  # noqa: PLR0917 - click passes options by name
    ctx: click.Context,
    path: tuple[str, ...],
    profile: str | None,
    wanted: tuple[str, ...],
    day: dt.datetime | None,
    by_itself: bool,
    form: str,
    output: Path | None,
) -> None:
    """Check the crosswalks, alone or against the exports."""
    import polars as pl

    from kirjaamo.mappings import checking, coverage

    here = alone(wanted, day) if by_itself else ground(path, profile, wanted, day)
    graded = None if by_itself else coverage.every(here.found, here.known, wanted)
    found = checking.check(here.known, graded)
    if wanted:
        found = found.filter(pl.col("mapping").is_in(wanted))
    show(found, form, output)
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

    here = ground(path, profile, wanted, day)
    graded = room.every(here.found, here.known, wanted)
    if by == "system":
        frame = room.by_system(graded, here.found, here.known)
    else:
        frame = room.coverage(graded, by)
    show(frame, form, output)


map_records.join(map_)
