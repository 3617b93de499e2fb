"""``kirjaamo finance check``: ledgers against the rules of family FN."""

import datetime as dt
from pathlib import Path

import click
from click.core import ParameterSource

from kirjaamo.cli import completion, finance_instance
from kirjaamo.cli.base import command, option
from kirjaamo.cli.check import SEVERITIES, exit_code, formats, print_, protect, tell, write
from kirjaamo.cli.finance_ground import Ground, reading_options, year_option
from kirjaamo.cli.inputs import Inputs
from kirjaamo.cli.options import DAY
from kirjaamo.messages import N_, gettext


@command(
    help=N_(
        "Check ledgers before anything is filed (rules of family FN): debit and credit, footing, "
        "signs, periods, codes and their dates, shares, the previous filing, activities.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "checked. What is expected stands in [finance] of kirjaamo.toml.\n\n"
        "An instance (XBRL, xBRL-JSON, xBRL-CSV, report package) is checked by the rules of good "
        "practice instead, FN101 and on.\n\n"
        "Ends with 0 when nothing was found, 1 when there are findings, 3 when a rule failed."
    )
)
@reading_options
@year_option
@option("--select", multiple=True, metavar="CODE", shell_complete=completion.finance_rules,
        help=N_("Only these rules or families."))  # fmt: skip
@option("--ignore", multiple=True, metavar="CODE", shell_complete=completion.finance_rules,
        help=N_("Not these rules or families."))  # fmt: skip
@option("--as-of", type=DAY, metavar="DATE", help=N_("The day that counts as today."))
@option("--format", "form", default="text", metavar="FORMAT", shell_complete=completion.formats,
        help=N_("How to print the result."))  # fmt: skip
@option("-o", "--output", multiple=True, type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File to write; its ending chooses the format. May be given several times."))  # fmt: skip
@option("--baseline", type=click.Path(path_type=Path),
        help=N_("Earlier json report: show only what is new."))  # fmt: skip
@option("--fail-on", type=click.Choice(SEVERITIES), help=N_("Least severity that ends with 1."))
@option("-q", "--quiet", is_flag=True, help=N_("Print nothing on standard output."))
@click.pass_context
def check(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    paths: tuple[str, ...],
    profile: str | None,
    year: int | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    as_of: dt.datetime | None,
    form: str,
    output: tuple[Path, ...],
    baseline: Path | None,
    fail_on: str | None,
    quiet: bool,
) -> None:
    """Check ledgers and print what was found."""
    explicit = ctx.get_parameter_source("form") is not ParameterSource.DEFAULT
    wanted = formats(output, form, explicit=explicit)
    ground = Ground(paths, profile, year)
    filed = finance_instance.instances(paths)
    found = Inputs(documents=filed) if filed else Inputs(tables=ground.sources)
    protect(found, output)
    day = (as_of or dt.datetime.now(dt.UTC)).date()
    tell(found, ground.workspace, day)
    run = (
        finance_instance.run(ground, filed, day, select, ignore, baseline)
        if filed
        else ground.run(day, select, ignore, baseline)
    )
    for file, name in zip(output, wanted, strict=True):
        write(run, found, file, name)
    if not quiet:
        print_(run, "text" if output else form)
    if not filed:
        click.echo(gettext("Year: {year}.").format(year=ground.year), err=True)
    ctx.exit(exit_code(run, fail_on, ground.workspace))
