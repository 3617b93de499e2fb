"""``kirjaamo survey``: the current-state survey of client documents, and the plan from it."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli import survey_plan
from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.options import output_options, profile_option
from kirjaamo.cli.survey_ground import (
    Ground,
    ground,
    on_option,
    path_argument,
    structures,
    worded,
)
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.archive.survey.model import Survey
    from kirjaamo.archive.survey.sheet import Sheet


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

    made = _sheet(ground(path, profile), day)
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
    found = occurrences(here.sources)
    proposer = Proposer(found, known, here.survey, own, structures(here.workspace))
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

    made = _sheet(ground(path, profile), day)
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
    from kirjaamo.cli.trail import remember
    from kirjaamo.files import write
    from kirjaamo.workspace import needed

    workspace = needed()
    codes = Codes(workspace.classifications)
    base = Base(load(workspace), codes, structures(workspace), used_on(day))
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
    from kirjaamo.wording import per_cent

    here = ground(path, profile)
    kinds = progress.graded(here.found, here.survey)
    left = progress.remaining(kinds)
    if remaining:
        frames.show(worded(left) if form == "text" else left, form, output, title="")
        return
    shown = progress.by_system(kinds)
    frames.show(shown, form, output, title="")
    if form == "text":
        frames.show(worded(progress.by_state(kinds)), form, output, title="")
    sentence = gettext("{share} of the records are confirmed; {count} kinds wait.")
    told = sentence.format(
        share=per_cent(int(100 * progress.share_done(kinds)) / 100, 0), count=left.height
    )
    click.echo(told, err=True)


for _added in (survey_plan.plan, survey_plan.documents, survey_plan.settings):
    survey.add_command(_added)
