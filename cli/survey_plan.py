"""What a confirmed survey gives: ``kirjaamo survey plan``, ``documents`` and ``settings``."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import command, option
from kirjaamo.cli.options import profile_option
from kirjaamo.cli.survey_ground import Ground, ground, on_option, path_argument, worded
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl


@command(
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

    here = ground(path, profile)
    codes = Codes(here.workspace.classifications if here.workspace else None)
    on = used_on(day)
    made = planning.plan(here.survey, here.found, codes, on)
    left = worded(progress.remaining(progress.graded(here.found, here.survey)))
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


@command(
    help=N_(
        "Write the metadata of the documents of the exports with the confirmed codes, as JSON lines: "
        "the table that “kirjaamo archive build --table document=FILE” reads.\n\n"
        "Documents whose kind is not confirmed are left out and counted. Ends with 1 when there are "
        "any."
    )
)
@path_argument
@profile_option
@option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("documents.jsonl"),
    show_default=True,
    help=N_("File to write."),
)
@click.pass_context
def documents(
    ctx: click.Context, path: tuple[str, ...], profile: str | None, output: Path
) -> None:
    """Write the metadata of documents."""
    from kirjaamo.archive.survey.errors import NothingConfirmedError
    from kirjaamo.archive.survey.handing import documents as written
    from kirjaamo.archive.survey.model import OUTCOMES
    from kirjaamo.cli.trail import remember
    from kirjaamo.errors import ExitCode
    from kirjaamo.files import replacing

    here = ground(path, profile)
    if not here.survey.rows:
        raise NothingConfirmedError
    with replacing(output) as stream:
        counts = written(stream, here.sources, here.survey)
    if here.workspace is not None:
        remember(here.workspace, "survey documents written", documents=counts["approved"])
    for outcome, count in counts.items():
        if count:
            click.echo(f"{gettext(OUTCOMES[outcome])}: {count}")
    click.echo(gettext("Wrote {path}").format(path=output), err=True)
    left = counts.total() - counts["approved"]
    ctx.exit(ExitCode.FINDINGS if left else ExitCode.CLEAN)


@command(
    help=N_(
        "Print the settings that the confirmed survey amounts to, to be put into kirjaamo.toml: the "
        "service process of each document type."
    )
)
def settings() -> None:
    """Print settings."""
    from kirjaamo.archive.survey.handing import settings as told
    from kirjaamo.archive.survey.model import load
    from kirjaamo.workspace import needed

    click.echo(told(load(needed())), nl=False)
