"""``kirjaamo access``: who may see what, who can sign, and what is logged."""

from pathlib import Path

import click

from kirjaamo.cli import completion
from kirjaamo.cli.access_ground import Ground, access_options
from kirjaamo.cli.base import group, option
from kirjaamo.cli.checking import Telling, report_options, rule_options
from kirjaamo.cli.options import output_options
from kirjaamo.messages import N_, gettext

FILE = click.Path(dir_okay=False, path_type=Path)


@group(
    help=N_(
        "Audit access rights: rights against the rule table of the organisation, employment and "
        "units, a table of who can sign, a sheet that supervisors sign, and what is logged."
    )
)
def access() -> None:
    """Hold the commands about access rights."""


@access.command(
    help=N_(
        "Check access rights (rules of family AR): workers who have left, units that have "
        "closed, rights outside the rule table, too wide, missing, sensitive or unused.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "read. The rule table is access/rules.csv, .xlsx or .yaml of the workspace, or --rules; "
        "rules that need it are not run without it.\n\n"
        "Ends with 0 when nothing was found, 1 when there are findings, 3 when a rule failed."
    )
)
@access_options
@rule_options(completion.access_rules)
@report_options
@click.pass_context
def check(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    /,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    output: tuple[Path, ...],
    baseline: Path | None,
    fail_on: str | None,
    *,
    quiet: bool,
    **asked: object,
) -> None:
    """Check access rights and print what was found."""
    from kirjaamo.cli.inputs import Inputs

    telling = Telling.of(ctx, form, output, fail_on, quiet=quiet)
    ground = Ground(**asked)  # type: ignore[arg-type]  # options of click, by name
    found = Inputs(tables=ground.sources)
    telling.begin(found, ground.workspace, ground.day)
    _warn(ground.strange())
    run = ground.run(select, ignore, baseline)
    ctx.exit(telling.end(run, found, ground.workspace))


def _warn(lines: list[int]) -> None:
    """Say which rows of the rule table name a service task that is not in the code list."""
    if lines:
        sentence = gettext(
            "Service tasks of the rule table that the code list lacks: lines {lines}."
        )
        click.echo(sentence.format(lines=", ".join(map(str, lines))), err=True)


@access.command(
    help=N_(
        "Show who can sign: one row for each employee with rights in force, findings, "
        "registration number, card, reader and signing; nobody is named without --reveal. With "
        "--by unit, counts by unit."
    )
)
@access_options
@option("--by", type=click.Choice(["employee", "unit"]), default="employee", show_default=True,
        help=N_("What gets a row."))  # fmt: skip
@option("--reveal", is_flag=True, help=N_("Name employees; the audit trail tells it."))
@output_options
def readiness(
    by: str, form: str, output: Path | None, *, reveal: bool, **asked: object
) -> None:
    """Show who can sign."""
    from kirjaamo.cli import access_files
    from kirjaamo.cli.frames import show

    ground = Ground(**asked)  # type: ignore[arg-type]  # options of click, by name
    table = access_files.readiness(ground, by, reveal=reveal)
    show(table, form, output, title=gettext("Readiness to sign, by employee and unit"))


@access.command(
    "sign-off",
    help=N_(
        "Write the sheets that supervisors sign: every unit with its employees, their rights and "
        "what is to be mended, as a workbook (xlsx) or a page to print (html), by the name of "
        "the output. The sheets name employees, and the audit trail tells it."
    ),
)
@access_options
@option("-o", "--output", type=FILE, multiple=True, required=True,
        help=N_("File to write, .xlsx or .html; may be given several times."))  # fmt: skip
@option("--unit", "units", multiple=True, metavar="UNIT",
        help=N_("Only this unit, by name or identifier; may be given several times."))  # fmt: skip
def sign_off(output: tuple[Path, ...], units: tuple[str, ...], **asked: object) -> None:
    """Write sheets to sign."""
    from kirjaamo.cli import access_files

    wrong = next(
        (path for path in output if path.suffix.lower() not in {".xlsx", ".html"}), None
    )
    if wrong is not None:
        raise click.UsageError(gettext("{path} is neither .html nor .xlsx.").format(path=wrong))
    access_files.sign_off(Ground(**asked), output, units)  # type: ignore[arg-type]  # as above


@access.command(
    help=N_(
        "Write an empty rule table with two rows that show how it is filled in: csv, xlsx or "
        "yaml, by the name of the output."
    )
)
@option("-o", "--output", type=FILE, help=N_("File to write; otherwise access/rules.csv of the workspace."))  # fmt: skip
def template(output: Path | None) -> None:
    """Write a template of the rule table."""
    from kirjaamo.cli import access_files

    access_files.template(output)


@access.command(
    help=N_("List the sensitive service tasks: why they are, and where it is from.")
)
@output_options
def sensitive(form: str, output: Path | None) -> None:
    """List sensitive service tasks."""
    from kirjaamo.cli import access_files
    from kirjaamo.cli.frames import show

    show(access_files.sensitive(), form, output, title=gettext("Sensitive service tasks"))


@access.command(
    "log-policy",
    help=N_(
        "Answer what a log policy asks: what is logged, why, how, what is done with it, where it "
        "is kept, who may see it and how long. What nobody has told is said to be unknown; the "
        "organisation's own answers stand in access/log-policy.yaml of the workspace."
    ),
)
@output_options
def log_policy(form: str, output: Path | None) -> None:
    """Show the answers of the log policy."""
    from kirjaamo.audit.access import log_policy as policy
    from kirjaamo.cli.frames import show
    from kirjaamo.workspace import find

    workspace = find()
    table = policy.table(policy.read(workspace.access if workspace else None))
    show(table, form, output, title=gettext("Log policy"))


@access.command(
    help=N_(
        "Write the audit trail of the workspace as JSON lines for a SIEM. With --after, only what "
        "came after an entry, so that a collector can go on from where it was."
    )
)
@option("-o", "--output", type=FILE, help=N_("File to write instead of standard output."))
@option("--after", type=click.IntRange(0), default=0, metavar="NUMBER",
        help=N_("Number of the last entry that is not written."))  # fmt: skip
def export(output: Path | None, after: int) -> None:
    """Export the audit trail."""
    from kirjaamo.cli import access_files

    access_files.export(output, after)
