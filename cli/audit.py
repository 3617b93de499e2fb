"""``kirjaamo audit``: how recording goes, compared, reported and trained."""

import datetime as dt
import getpass
from pathlib import Path

import click

from kirjaamo.cli.audit_ground import Ground, measuring_options, reveal_option, write
from kirjaamo.cli.base import group, option
from kirjaamo.cli.options import output_options
from kirjaamo.messages import N_, gettext

FORMS = ("html", "xlsx")


@group(
    help=N_(
        "Measure the quality of recording, report it, and train it.\n\nReports hold counts of "
        "groups only; nobody is named or ranked, and small groups are left out."
    )
)
def audit() -> None:
    """Hold the commands about recording quality."""


@audit.command(help=N_("Count flawed records by measure and group, without small groups."))
@measuring_options
@option("--by", type=click.Choice(["all", "unit", "task", "kind", "period", "worker"]),
        default="all", show_default=True, help=N_("How records are grouped; by worker needs --reveal."))  # fmt: skip
@reveal_option
@output_options
def measure(by: str, form: str, output: Path | None, *, reveal: bool, **asked: object) -> None:
    """Write the counts as a table."""
    from kirjaamo.cli import audit_files
    from kirjaamo.cli.frames import show

    if by == "worker" and not reveal:
        raise click.UsageError(gettext("Counts by worker name workers: give --reveal."))
    table = audit_files.counts(Ground(**asked), by)  # type: ignore[arg-type]  # options of click, by name
    show(audit_files.rounded(table), form, output, title=gettext("Quality of recording"))


@audit.command(
    help=N_(
        "Write the report: a page (html) that needs no network, or a workbook (xlsx), by the "
        "name of the output; without one, a summary in the terminal."
    )
)
@measuring_options
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), multiple=True,
        help=N_("File to write, .html or .xlsx; may be given several times."))  # fmt: skip
@option("--since", help=N_("Snapshot to compare with; the newest when there is one."))
def report(output: tuple[Path, ...], since: str | None, **asked: object) -> None:
    """Write the report."""
    from rich.console import Console

    from kirjaamo.audit.reporting import terminal
    from kirjaamo.cli import audit_files

    wrong = next((path for path in output if path.suffix[1:].lower() not in FORMS), None)
    if wrong is not None:
        raise click.UsageError(gettext("{path} is neither .html nor .xlsx.").format(path=wrong))
    ground = Ground(**asked)  # type: ignore[arg-type]  # options of click, by name
    told = ground.content(audit_files.before(ground, since))
    for path in output:
        audit_files.report(path, told, ground)
    if not output:
        terminal.show(told, Console())


@audit.command(help=N_("Keep the counts as a snapshot in the workspace, to be compared with."))
@measuring_options
@option("--name", required=True, help=N_("Name of the snapshot, such as 2026-spring."))
@option("--export", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("Write an anonymous score file too, to be compared with other organisations."))  # fmt: skip
@option("--label", default="", help=N_("What the organisation is called in the score file."))
def snapshot(name: str, export: Path | None, label: str, **asked: object) -> None:
    """Keep a snapshot."""
    from kirjaamo.audit.trend import score_files, snapshots
    from kirjaamo.ledger import of_workspace
    from kirjaamo.workspace import needed

    workspace, ground = needed(), Ground(**asked)  # type: ignore[arg-type]  # options of click, by name
    scores = ground.scores
    with of_workspace(workspace, lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        snapshots.keep(ledger, scores, name)
    click.echo(gettext("Kept the snapshot {name}.").format(name=name), err=True)
    if export:
        write(export, score_files.written(score_files.made(scores, label)))


@audit.command(
    help=N_("Compare two snapshots, or the two newest ones, with intervals of 95 %.")
)
@click.argument("before", required=False)
@click.argument("after", required=False)
@option("--by", type=click.Choice(["all", "unit", "task", "kind"]), default="all",
        show_default=True, help=N_("How records are grouped."))  # fmt: skip
@output_options
def compare(
    before: str | None, after: str | None, by: str, form: str, output: Path | None
) -> None:
    """Write what changed between two snapshots."""
    from kirjaamo.audit.trend.comparing import compared
    from kirjaamo.cli import audit_files
    from kirjaamo.cli.frames import show
    from kirjaamo.workspace import needed

    pair = audit_files.pair(needed(), before, after)
    title = gettext("From {before} to {after}").format(
        before=pair[0].label, after=pair[1].label
    )
    show(audit_files.rounded(compared(*pair, by=(by,))), form, output, title=title)


@audit.command(
    help=N_("Compare organisations by their score files, over the measures that all share.")
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@output_options
def benchmark(files: tuple[Path, ...], form: str, output: Path | None) -> None:
    """Write one line for each organisation."""
    from kirjaamo.audit.trend import score_files
    from kirjaamo.audit.trend.comparing import benchmark as compared
    from kirjaamo.cli import audit_files
    from kirjaamo.cli.frames import show

    table = compared([score_files.read(path) for path in files])
    show(
        audit_files.rounded(table),
        form,
        output,
        title=gettext("Scores of 0 to 100 by organisation"),
    )


@audit.command(
    help=N_(
        "Write feedback letters for the units (html and md). With --reveal also a worklist of "
        "flawed records for every worker (xlsx)."
    )
)
@measuring_options
@option("--into", type=click.Path(file_okay=False, path_type=Path), required=True,
        help=N_("Folder to write to."))  # fmt: skip
@reveal_option
def feedback(into: Path, *, reveal: bool, **asked: object) -> None:
    """Write letters and worklists."""
    from kirjaamo.cli import audit_files

    ground = Ground(**asked)  # type: ignore[arg-type]  # options of click, by name
    audit_files.letters(into, ground)
    if reveal:
        audit_files.worklists(into / "workers", ground)


@audit.command(
    help=N_(
        "Write training exercises of flawed records in which nobody is named: the record, a task, "
        "a model answer. Texts of records are shown, so that --reveal is needed."
    )
)
@measuring_options
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True,
        help=N_("Page to write (html)."))  # fmt: skip
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@option("--each", type=click.IntRange(1, 50), default=2, show_default=True,
        help=N_("Exercises for each measure, at most."))  # fmt: skip
@reveal_option
def exercises(output: Path, seed: int, each: int, *, reveal: bool, **asked: object) -> None:
    """Write exercises."""
    from kirjaamo.cli import audit_files

    if not reveal:
        raise click.UsageError(gettext("Exercises show texts of records: give --reveal."))
    audit_files.exercises(output, Ground(**asked), seed, each)  # type: ignore[arg-type]  # options of click, by name
