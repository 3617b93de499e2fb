"""``kirjaamo finance check``: ledgers against the rules of family FN."""

import datetime as dt
from pathlib import Path

import click

from kirjaamo.cli import completion, finance_instance
from kirjaamo.cli.base import command
from kirjaamo.cli.checking import Telling, report_options, rule_options
from kirjaamo.cli.finance_ground import Ground, ledger_options, year_option
from kirjaamo.cli.inputs import Inputs
from kirjaamo.cli.options import as_of_option
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
@ledger_options
@year_option
@rule_options(completion.finance_rules)
@as_of_option
@report_options
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
    telling = Telling.of(ctx, form, output, fail_on, quiet=quiet)
    ground = Ground(paths, profile, year, as_of=as_of)
    filed = finance_instance.instances(paths)
    found = Inputs(documents=filed) if filed else Inputs(tables=ground.sources)
    day = ground.day
    telling.begin(found, ground.workspace, day)
    run = (
        finance_instance.run(ground, filed, day, select, ignore, baseline)
        if filed
        else ground.run(day, select, ignore, baseline)
    )
    code = telling.end(run, found, ground.workspace)
    if not filed:
        click.echo(gettext("Year: {year}.").format(year=ground.year), err=True)
    ctx.exit(code)
