"""``kirjaamo care``: what should be closed, mended or moved, and when to look."""

from pathlib import Path

import click

from kirjaamo.cli.base import group, option
from kirjaamo.cli.care_calendar import calendar
from kirjaamo.cli.care_ground import Ground, into_option, rule_options, rules_option
from kirjaamo.cli.options import (
    as_of_option,
    format_option,
    output_options,
    profile_option,
    reading_options,
)
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext


@group(
    help=N_(
        "Care for the data: simulate closure rules, work through what they find, give corrections "
        "back to the source system, and plan the year.\n\nNothing is ever closed here: rules "
        "propose, people decide, and the source system's administrator loads what was decided."
    )
)
def care() -> None:
    """Hold the commands of data care."""


@care.command(
    help=N_(
        "List the closure rules and what can be asked in them. With --write, copy the shipped "
        "starting set into the workspace to be changed."
    )
)
@rules_option
@option("--facts", is_flag=True, help=N_("List the facts that conditions may ask about."))
@option("--write", is_flag=True, help=N_("Copy the shipped files into the folder care of the workspace."))  # fmt: skip
@output_options
def rules(
    rule_file: Path | None, form: str, output: Path | None, *, facts: bool, write: bool
) -> None:
    """List rules or facts, or copy the starting set."""
    from kirjaamo.cli import care_files
    from kirjaamo.cli.frames import show

    if write:
        care_files.copy_shipped()
        return
    if facts:
        show(care_files.facts_table(), form, output, title="")
        return
    ground = Ground()
    show(care_files.rules_table(ground.rules(rule_file)), form, output, title="")


@care.command(
    help=N_(
        "Tell what closure rules would close, before anybody adopts them: how many, how many of "
        "those have a decision in force, an open matter and so on, and by unit, service task or "
        "year of the last event. With --against, compare two files of rules. Nothing is closed."
    )
)
@reading_options
@rule_options
@option("--by", type=click.Choice(["all", "unit", "task", "year", "system"]), default="all",
        show_default=True, help=N_("How counts are grouped."))  # fmt: skip
@option("--against", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("Another file of rules to compare with."))  # fmt: skip
@output_options
def simulate(  # noqa: PLR0917 - click passes each option by name
    rule_file: Path | None, names: tuple[str, ...], by: str, against: Path | None, form: str,
    output: Path | None, **asked: object,
) -> None:  # fmt: skip
    """Write what rules would close."""
    from kirjaamo.cli import care_simulating
    from kirjaamo.cli.frames import show

    ground = Ground(**asked)  # type: ignore[arg-type]  # options of click, by name
    found = care_simulating.simulation(ground, rule_file, names)
    if against is not None:
        table = care_simulating.compared(ground, found, against)
        show(table, form, output, title=gettext("What two files of rules would close"))
    elif by != "all":
        table = care_simulating.grouped(found, by)
        show(table, form, output, title=gettext("What the rules would close"))
    elif form != "text":
        show(care_simulating.totals(found), form, output, title="")
    else:
        care_simulating.tell(found, output)
    care_simulating.warn(found, ground)


@care.command(
    help=N_(
        "Write worklists of what adopted rules would close, a workbook for each unit, with a "
        "column to decide in. Records stand there by their place in the export; with --reveal "
        "also by their own identifiers, and by responsible worker if asked, and the audit trail "
        "tells it."
    )
)
@reading_options
@rule_options
@into_option
@option("--by", type=click.Choice(["unit", "worker"]), default="unit", show_default=True,
        help=N_("What gets a list of its own; by worker needs --reveal."))  # fmt: skip
@option("--file-format", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True,
        help=N_("Form of the files."))  # fmt: skip
@option("--reveal", is_flag=True, help=N_("Name records, clients and workers; the audit trail tells it."))  # fmt: skip
@option("--most", type=click.FloatRange(0, 1), default=None,
        help=N_("Share of the open records that may be listed; otherwise the setting [care] most."))  # fmt: skip
def worklist(  # noqa: PLR0917 - click passes each option by name
    rule_file: Path | None, names: tuple[str, ...], into: Path, by: str, file_format: str,
    most: float | None, *, reveal: bool, **asked: object,
) -> None:  # fmt: skip
    """Write worklists."""
    from kirjaamo.cli import care_files

    if by == "worker" and not reveal:
        raise click.UsageError(gettext("Worklists by worker name workers: give --reveal."))
    ground = Ground(**asked)  # type: ignore[arg-type]  # options of click, by name
    rows = care_files.listed(ground, rule_file, names, most)
    care_files.worklists(rows, ground, (into, by, file_format), reveal=reveal)


@care.command(
    "import",
    help=N_(
        "Take the decisions of worklists that came back. The whole list is refused, with sheet "
        "and cell, where a decision is inconsistent or its record has changed."
    ),
)
@click.argument("worklists", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--export", "paths", multiple=True, help=N_("Export that the worklists were made of; otherwise the sources of the workspace."))  # fmt: skip
@profile_option
@as_of_option
def import_(worklists: tuple[Path, ...], **asked: object) -> None:
    """Keep decisions in the workspace."""
    from kirjaamo.cli import care_files

    care_files.keep_decisions(Ground(**asked), worklists)  # type: ignore[arg-type]  # options of click, by name


@care.command(
    help=N_(
        "Write what was decided as corrections in the source system's own columns, codes and "
        "forms of days: the columns that name the record and those that change, nothing else."
    )
)
@reading_options
@into_option
@option("--file-format", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True,
        help=N_("Form of the files."))  # fmt: skip
@output_options
def corrections(
    into: Path, file_format: str, form: str, output: Path | None, **asked: object
) -> None:
    """Write corrections."""
    from kirjaamo.cli import care_files
    from kirjaamo.cli.frames import show

    table = care_files.corrections(Ground(**asked), into, file_format)  # type: ignore[arg-type]  # options of click, by name
    show(table, form, output, title=gettext("Corrections"))


@care.command(
    help=N_(
        "Check what data care looks at: required fields, relationships and matters left open, "
        "matters and documents that hang loose, and entries that look like patient records. "
        "Writes a page (html), a workbook with the places (xlsx) or the places alone (csv), by the "
        "name of the output; without one, a summary. The exit code is 1 when something is to be "
        "mended."
    )
)
@reading_options
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), multiple=True,
        help=N_("File to write, .html, .xlsx or .csv; may be given several times."))  # fmt: skip
@option(
    "--since", help=N_("Snapshot to compare with on the page; the newest when there is one.")
)
@format_option
def check(output: tuple[Path, ...], since: str | None, form: str, **asked: object) -> None:
    """Check the data."""
    from kirjaamo.cli import care_checking

    wrong = next((p for p in output if p.suffix.lower() not in care_checking.FORMS), None)
    if wrong is not None:
        sentence = gettext("{path} is neither .html, .xlsx nor .csv.")
        raise click.UsageError(sentence.format(path=wrong))
    flawed = care_checking.check(Ground(**asked), output, since, form)  # type: ignore[arg-type]  # options of click, by name
    if flawed:
        raise SystemExit(int(ExitCode.FINDINGS))


@care.command(help=N_("Keep the counts of a check as a snapshot in the workspace."))
@reading_options
@option("--name", required=True, help=N_("Name of the snapshot, such as 2026-spring."))
def snapshot(name: str, **asked: object) -> None:
    """Keep a snapshot."""
    from kirjaamo.cli import care_checking

    care_checking.keep(Ground(**asked), name)  # type: ignore[arg-type]  # options of click, by name


@care.command(
    help=N_("Compare two snapshots of data care, or the two newest, with intervals of 95 %.")
)
@click.argument("before", required=False)
@click.argument("after", required=False)
@option("--by", type=click.Choice(["all", "unit", "task"]), default="all",
        show_default=True, help=N_("How counts are grouped."))  # fmt: skip
@output_options
def compare(
    before: str | None, after: str | None, by: str, form: str, output: Path | None
) -> None:
    """Write what changed between two snapshots."""
    from kirjaamo.cli import care_checking
    from kirjaamo.cli.frames import show

    table, title = care_checking.compared(before, after, by)
    show(table, form, output, title=title)


care.add_command(calendar)
