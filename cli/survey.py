"""``kirjaamo survey``: the current-state survey of client documents, and the plan from it."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.options import DAY, output_options
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.archive.survey.model import Survey
    from kirjaamo.archive.survey.reading import Found
    from kirjaamo.archive.survey.sheet import Sheet
    from kirjaamo.sources.formats import Source
    from kirjaamo.workspace import Workspace

path_argument = argument("path", nargs=-1)
profile_option = option(
    "--profile", metavar="NAME", help=N_("Source profile; otherwise the one that fits.")
)
on_option = option(
    "--on",
    "day",
    type=DAY,
    metavar="DATE",
    help=N_("The day on which the national codes are used (today)."),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a command works on: the exports by kind, and what is confirmed."""

    workspace: "Workspace | None"
    sources: "tuple[Source, ...]"
    found: "Found"
    survey: "Survey"


@group(help=N_("The current-state survey of client documents, and the archive formation plan."))
def survey() -> None:
    """Hold the commands about the survey."""


@survey.command(
    help=N_(
        "Show which local kinds of documents the exports hold: records, years, units, which metadata "
        "are incomplete, and the best proposal of a national document type.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "read. No record is shown."
    )
)
@path_argument
@profile_option
@on_option
@output_options
def profile(
    path: tuple[str, ...],
    profile: str | None,
    day: dt.datetime | None,
    form: str,
    output: Path | None,
) -> None:
    """Show the kinds."""
    import polars as pl

    from kirjaamo.cli import frames

    made = _sheet(_ground(path, profile), day)
    columns = ("system", "table", "old", "old_name", "task", "records", "years", "incomplete")
    named = {"old": "local type", "old_name": "name", "task": "local service task"}
    rows = [
        {
            **{named.get(name, name): line[name] for name in columns},
            "proposal": line["type"],
        }
        for line in made.lines
    ]
    frames.show(pl.DataFrame(rows, infer_schema_length=None), form, output, title="")


def _ground(path: tuple[str, ...], profile: str | None) -> Ground:
    """Return the documents behind *path*.

    Raises:
        NothingToCheckError: There are no exports.
        NoDocumentsError: They hold no documents.
    """
    from kirjaamo.archive.survey.errors import NoDocumentsError
    from kirjaamo.archive.survey.model import load
    from kirjaamo.archive.survey.reading import read
    from kirjaamo.cli.inputs import NothingToCheckError, inputs
    from kirjaamo.workspace import find

    workspace = find()
    sources = inputs(path, profile, workspace).tables
    if not sources:
        raise NothingToCheckError
    found = read(sources)
    if found.records.is_empty():
        raise NoDocumentsError
    return Ground(workspace, sources, found, load(workspace))


def _sheet(here: Ground, day: dt.datetime | None) -> "Sheet":
    from kirjaamo.archive.survey.proposing import Proposer
    from kirjaamo.archive.survey.sheet import sheet, used_on
    from kirjaamo.classifications import Codes
    from kirjaamo.mappings import load
    from kirjaamo.mappings.occurrences import occurrences
    from kirjaamo.mappings.suggesting import Known

    crosswalks = load(here.workspace, [one.profile for one in here.sources])
    codes = Codes(here.workspace.classifications if here.workspace else None)
    own = here.workspace.settings.retention.kinds if here.workspace else {}
    known = Known(crosswalks, codes, used_on(day))
    proposer = Proposer(occurrences(here.sources), known, here.survey, own)
    return sheet(here.found, proposer)


@survey.command(
    help=N_(
        "Write the survey workbook: a row for every local kind of document with what is known of it, "
        "proposals with evidence, and drop-downs to decide with.\n\n"
        "What the workspace has confirmed already stands in it."
    )
)
@path_argument
@profile_option
@on_option
@option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("survey.xlsx"),
    show_default=True,
    help=N_("File to write."),
)
def workbook(
    path: tuple[str, ...], profile: str | None, day: dt.datetime | None, output: Path
) -> None:
    """Write the workbook."""
    from kirjaamo.archive.survey.writing import write
    from kirjaamo.files import replacing

    made = _sheet(_ground(path, profile), day)
    with replacing(output) as stream:
        write(stream, made)
    click.echo(gettext("Wrote {path}").format(path=output), err=True)


@survey.command(
    "import",
    help=N_(
        "Read a survey workbook into the workspace, all of it or nothing.\n\n"
        "What is inconsistent is named by sheet and cell, and then nothing is changed. The result is "
        "survey.yaml, which the building of archive documents reads."
    ),
)
@argument("file", type=click.Path(path_type=Path))
@on_option
def import_(file: Path, day: dt.datetime | None) -> None:
    """Import a workbook as the survey of the workspace."""
    from kirjaamo.archive.survey.importing import Ground as Base
    from kirjaamo.archive.survey.importing import imported
    from kirjaamo.archive.survey.model import FILE, canonical, load
    from kirjaamo.archive.survey.sheet import used_on
    from kirjaamo.classifications import Codes
    from kirjaamo.classifications.structures import Structures
    from kirjaamo.cli.trail import remember
    from kirjaamo.files import write
    from kirjaamo.workspace import needed

    workspace = needed()
    codes = Codes(workspace.classifications)
    base = Base(load(workspace), codes, Structures(), used_on(day))
    made = imported(file, base)
    if made.edition != base.before.edition:
        remember(workspace, "survey imported", kinds=len(made.rows), edition=made.edition)
    write(workspace.folder / FILE, canonical(made))
    _tell(made)


def _tell(made: "Survey") -> None:
    """Say how many kinds have which state."""
    from kirjaamo.archive.survey.model import OUTCOMES

    outcomes = [row.outcome for row in made.rows]
    for outcome, name in OUTCOMES.items():
        if outcome in outcomes:
            click.echo(f"{gettext(name)}: {outcomes.count(outcome)}")


@survey.command(
    help=N_(
        "Show how far the survey has come: kinds and records, by system and by state, and the kinds "
        "that wait for a person."
    )
)
@path_argument
@profile_option
@option("--remaining", is_flag=True, help=N_("List only the kinds that wait, every one."))
@output_options
def status(
    path: tuple[str, ...], profile: str | None, remaining: bool, form: str, output: Path | None
) -> None:
    """Show progress."""
    from kirjaamo.archive.survey import progress
    from kirjaamo.cli import frames

    here = _ground(path, profile)
    kinds = progress.graded(here.found, here.survey)
    left = progress.remaining(kinds)
    if remaining:
        frames.show(_worded(left) if form == "text" else left, form, output, title="")
        return
    shown = progress.by_system(kinds)
    frames.show(shown, form, output, title="")
    if form == "text":
        frames.show(_worded(progress.by_state(kinds)), form, output, title="")
    sentence = gettext("{share:.0%} of the records are confirmed; {count} kinds wait.")
    told = sentence.format(share=int(100 * progress.share_done(kinds)) / 100, count=left.height)
    click.echo(told, err=True)


def _worded(table: "pl.DataFrame") -> "pl.DataFrame":
    """Return a table with states and tables as a person calls them."""
    import polars as pl

    from kirjaamo.archive.survey.model import OUTCOMES
    from kirjaamo.records import tables

    states = {outcome: gettext(name) for outcome, name in OUTCOMES.items()}
    found = table.with_columns(pl.col("state").replace(states))
    if "table" not in found.columns:
        return found
    return found.with_columns(
        pl.col("table").replace({name: str(one.label) for name, one in tables().items()})
    )


@survey.command(
    help=N_(
        "Write the archive formation plan from the confirmed survey: a row for each national document "
        "type with service task, process, structure, retention, secrecy and what is archived for "
        "good."
    )
)
@path_argument
@profile_option
@on_option
@option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    default=(Path("plan.xlsx"), Path("plan.csv")),
    show_default=True,
    help=N_("File to write, .xlsx or .csv; may be repeated."),
)
def plan(
    path: tuple[str, ...],
    profile: str | None,
    day: dt.datetime | None,
    outputs: tuple[Path, ...],
) -> None:
    """Write the plan."""
    from kirjaamo.archive.survey import plan as planning
    from kirjaamo.archive.survey import progress
    from kirjaamo.archive.survey.sheet import used_on
    from kirjaamo.classifications import Codes
    from kirjaamo.cli.tables import UnknownFormError

    here = _ground(path, profile)
    codes = Codes(here.workspace.classifications if here.workspace else None)
    on = used_on(day)
    made = planning.plan(here.survey, here.found, codes, on)
    left = _worded(progress.remaining(progress.graded(here.found, here.survey)))
    for output in outputs:
        if output.suffix not in {".xlsx", ".csv"}:
            raise UnknownFormError(path=output)
    for output in outputs:
        _write_plan(output, made, left, _facts(here, on))


def _facts(here: Ground, day: dt.date) -> dict[str, str]:
    from kirjaamo.wording import day as written

    name = here.workspace.settings.organisation.name if here.workspace else ""
    told = {
        gettext("Organisation"): name,
        gettext("Day"): written(day),
        gettext("Edition of the survey"): here.survey.edition,
    }
    return {name: value for name, value in told.items() if value}


def _write_plan(
    output: Path, made: "pl.DataFrame", left: "pl.DataFrame", facts: dict[str, str]
) -> None:
    from kirjaamo.archive.survey import plan as planning
    from kirjaamo.files import replacing
    from kirjaamo.tabular import write_csv

    with replacing(output) as stream:
        if output.suffix == ".csv":
            write_csv(stream, planning.headed(made))
        else:
            planning.write(stream, made, left, facts)
    click.echo(gettext("Wrote {path}").format(path=output), err=True)
