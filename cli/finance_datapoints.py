"""``kirjaamo finance datapoints``: find data points, show one, compare taxonomy versions."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.options import output_options
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.finance.datapoints import DataPoints
    from kirjaamo.finance_settings import Finance

MOST = 50
"""Data points shown to eyes; files hold them all."""

COLUMNS = (N_("mandatory"), N_("label"), N_("point signature"), N_("part"), N_("value"), N_("old"), N_("new"))  # fmt: skip
"""Headers of the tables of these commands."""

datapoints_option = option(
    "--datapoints",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=N_(
        "Data of the data points: the authority's SQLite (VK data or DPM database) or CSV; "
        "otherwise the one of the settings."
    ),
)


def code_options(body: Callable[..., None]) -> Callable[..., None]:
    """Give a command options for national codes."""
    for made in (
        option("--sector", metavar="CODE", help=N_("Counterparty sector.")),
        option("--class", "service_class", metavar="CODE", help=N_("Service class.")),
        option("--account", metavar="CODE", help=N_("National account.")),
    ):
        body = made(body)
    return body


@group(
    help=N_(
        "Data points: the cells of the authority's tables, each with its number and signature."
    )
)
def datapoints() -> None:
    """Hold the commands about data points."""


@datapoints.command(
    help=N_(
        "Find data points. WORDS are looked for in numbers, signatures and names; every one must "
        "be there. Accounts, service classes and sectors are found by their codes, as the "
        "dimensions of the settings say."
    )
)
@argument("words", nargs=-1, metavar="[WORDS]...")
@code_options
@option("--mandatory", is_flag=True, help=N_("Only data points that must be filed."))
@datapoints_option
@output_options
def find(  # noqa: PLR0917 - click passes each option by name
    words: tuple[str, ...],
    account: str | None,
    service_class: str | None,
    sector: str | None,
    mandatory: bool,
    file: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Find data points."""
    from kirjaamo.cli import frames
    from kirjaamo.finance.datapoints import looking

    settings, points = read_points(file)
    codes = {"account": account, "service_class": service_class, "sector": sector}
    members = _members(settings, codes)
    found = looking.find(points, words, members, mandatory=mandatory)
    shown = found.head(MOST) if form == "text" and output is None else found
    table = looking.named(points, shown).select("id", "mandatory", "label", "signature")
    frames.show(_for_eyes(table) if form == "text" else table, form, output, title="")
    sentence = gettext("Found {count} data points; {shown} are shown.")
    click.echo(sentence.format(count=found.height, shown=shown.height), err=True)


@datapoints.command(
    help=N_(
        "Show a data point: its metric, its dimensions and members with their names, the totals "
        "that it counts in, and whether it must be filed. NAME is its number or its signature."
    )
)
@argument("name")
@datapoints_option
@output_options
def show(name: str, file: Path | None, form: str, output: Path | None) -> None:
    """Show one data point."""
    import polars as pl

    from kirjaamo.cli import frames
    from kirjaamo.finance.datapoints import looking

    table = looking.show(read_points(file)[1], name)
    if form == "text":
        parts = {name: gettext(word) for name, word in looking.PARTS.items()}
        table = _for_eyes(table).with_columns(pl.col("part").replace(parts))
    frames.show(table, form, output, title="")


@datapoints.command(
    help=N_(
        "Compare two taxonomy versions: data points that were added, removed or renumbered, "
        "names that changed, and what became mandatory. Ends with 1 when anything differs."
    )
)
@argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@output_options
@click.pass_context
def diff(ctx: click.Context, old: Path, new: Path, form: str, output: Path | None) -> None:
    """Compare two versions."""
    from kirjaamo.cli import frames
    from kirjaamo.finance.datapoints import looking
    from kirjaamo.finance.datapoints.reading import read

    found = looking.difference(read(old), read(new))
    if found.height or form != "text":
        shown = found.head(MOST) if form == "text" and output is None else found
        frames.show(_for_eyes(shown) if form == "text" else shown, form, output, title="")
    counts = dict(found["change"].value_counts().iter_rows())
    for change in looking.CHANGES:
        told = gettext("{change}: {count}")
        click.echo(told.format(change=gettext(change), count=counts.get(change, 0)), err=True)
    ctx.exit(ExitCode.FINDINGS if found.height else ExitCode.CLEAN)


def _for_eyes(table: "pl.DataFrame") -> "pl.DataFrame":
    """Return a table with its words in the language in use; signatures are no signings."""
    import polars as pl

    from kirjaamo.finance.datapoints.looking import ANSWERS

    words = {word: gettext(word) for word in ANSWERS}
    answers = {True: words["yes"], False: words["no"]}
    told = table.with_columns(
        pl.col(pl.String).replace(words),
        pl.col(pl.Boolean).replace_strict(answers, return_dtype=pl.String),
    )
    return told.rename({"signature": "point signature"}, strict=False)


def read_points(file: Path | None) -> "tuple[Finance, DataPoints]":
    """Return the settings, and the data points of a file or else of the settings.

    Raises:
        NoDataPointsError: No file is named.
    """
    from kirjaamo.finance.datapoints.errors import NoDataPointsError
    from kirjaamo.finance.datapoints.reading import read
    from kirjaamo.finance_settings import Finance
    from kirjaamo.workspace import find as workspace_of

    workspace = workspace_of()
    settings = workspace.settings.finance if workspace else Finance()
    if file is not None:
        return settings, read(file)
    if workspace is None or not settings.datapoints:
        raise NoDataPointsError
    return settings, read(workspace.folder / settings.datapoints, settings.version)


def _members(settings: "Finance", codes: dict[str, str | None]) -> list[tuple[str, str]]:
    """Return dimension and member of every code that was given.

    Raises:
        NoDimensionError: The settings do not say which dimension a code belongs to.
    """
    from kirjaamo.finance.datapoints.errors import NoDimensionError

    found = []
    for name, code in codes.items():
        if code is None:
            continue
        dimension = {str(key): one for key, one in settings.dimensions.items()}.get(name)
        if dimension is None:
            raise NoDimensionError(name=f"dimensions.{name}")
        member = dimension.members.get(code, dimension.member.replace("{code}", code))
        found.append((dimension.dimension, member))
    return found
