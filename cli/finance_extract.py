"""``kirjaamo finance extract`` and ``coverage``: ledgers as a filing."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import command, option
from kirjaamo.cli.finance_ground import Ground, ledger_options, year_option
from kirjaamo.cli.finance_show import INSTANCE
from kirjaamo.cli.options import as_of_option, format_option, output_options
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.finance.extracting.filing import Extract

HEADINGS = (
    N_("line"), N_("count"), N_("sum"), N_("field"), N_("status"), N_("reason"), N_("codes"),
    N_("postings"), N_("net"), N_("gross"), N_("per cent"),
)  # fmt: skip
"""The columns of the tables below."""


@command(
    help=N_(
        "File ledgers: check them, map them, sum them to one fact for each data point, and write "
        "an instance.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "read. Taxonomy, data points and dimensions stand in [finance] of kirjaamo.toml. "
        "Everything is written or nothing: an error of the check, an unmapped code, a sum with no "
        "place in any table and a mandatory data point without a value each stop the filing."
    )
)
@ledger_options
@year_option
@option("--until", type=click.IntRange(1, 12), default=12, show_default=True, metavar="MONTH",
        help=N_("Last month that is filed; filings run from the start of the year."))  # fmt: skip
@option("-o", "--output", required=True, multiple=True, type=click.Path(path_type=Path),
        help=N_("File to write; its ending chooses the form: .xbrl, .json, .zip (xBRL-CSV), .xhtml, or a review for people: .html, .xlsx. May be given several times."))  # fmt: skip
@option("--table", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("CSV of what is filed, by account, service class and sector."))  # fmt: skip
@option("--previous", type=INSTANCE,
        help=N_("Earlier instance: .html and .xlsx show what changed."))  # fmt: skip
@option("--datapoints", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("The authority's data of the data points; otherwise that of the settings."))  # fmt: skip
@option(
    "--business-id",
    help=N_("Business identity code of the filer; otherwise that of the settings."),
)
@option("--zeros", is_flag=True, help=N_("File 0.00 in mandatory amounts without postings."))
@option(
    "--incomplete",
    is_flag=True,
    help=N_("Write although mandatory data points are missing; ends with 1."),
)
@as_of_option
@format_option
@click.pass_context
def extract(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    paths: tuple[str, ...],
    profile: str | None,
    year: int | None,
    until: int,
    output: tuple[Path, ...],
    table: Path | None,
    previous: Path | None,
    datapoints: Path | None,
    business_id: str | None,
    as_of: dt.datetime | None,
    form: str,
    *,
    zeros: bool,
    incomplete: bool,
) -> None:
    """Write an instance of what ledgers hold."""
    from kirjaamo.cli.finance_filing import Wish, filed, keep, write
    from kirjaamo.cli.frames import show
    from kirjaamo.finance.extracting.telling import summary
    from kirjaamo.finance.instances import read
    from kirjaamo.finance.writing import writer

    for path in output:
        writer(path)
    earlier = read(previous) if previous else None
    ground = Ground(paths, profile, year)
    day = (as_of or dt.datetime.now(dt.UTC)).date()
    wish = Wish(until, datapoints, business_id, zeros=zeros, incomplete=incomplete)
    made = filed(ground, wish, day)
    write(made, output, table, earlier)
    keep(ground, made, output)
    told = summary(made)
    title = gettext("Filing of {day}").format(day=made.terms.instant)
    show(_worded(told, "line", gettext) if form == "text" else told, form, None, title=title)
    ctx.exit(_told_missing(made))


def _told_missing(made: "Extract") -> ExitCode:
    """Say which mandatory data points are missing, and how the command ends."""
    for one in made.missing.iter_rows(named=True):
        sentence = gettext("Mandatory and missing: {point} {label}")
        point = one["id"] or one["signature"]
        click.echo(sentence.format(point=point, label=one["label"]).rstrip(), err=True)
    return ExitCode.FINDINGS if made.missing.height else ExitCode.CLEAN


def _worded(table: "pl.DataFrame", column: str, word: Callable[[str], str]) -> "pl.DataFrame":
    """Return a table with a column of our own words in the language in use."""
    import polars as pl

    return table.with_columns(pl.Series(column, [word(text) for text in table[column]]))


def _label(field: str) -> str:
    """Return what a field of a posting is called."""
    from kirjaamo import records

    return str(records.get("posting")[field].label)


@command(
    help=N_(
        "Show how many euros are mapped to national codes, field by field, and what the rest "
        "waits for.\n\nEnds with 1 when anything is undecided: that would stop the extract."
    )
)
@ledger_options
@output_options
@click.pass_context
def coverage(
    ctx: click.Context,
    paths: tuple[str, ...],
    profile: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Tell how many euros are mapped."""
    from kirjaamo.cli.frames import show
    from kirjaamo.finance.mapping import UNDECIDED
    from kirjaamo.finance.mapping.coverage import coverage as covered

    told = covered(Ground(paths, profile).mapped)
    shown = _worded(told, "field", _label) if form == "text" else told
    show(shown, form, output, title=gettext("Euros by field and state of their codes"))
    undecided = told["status"].is_in(UNDECIDED).any()
    ctx.exit(ExitCode.FINDINGS if undecided else ExitCode.CLEAN)
