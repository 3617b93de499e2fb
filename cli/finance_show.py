"""``kirjaamo finance show`` and ``diff``: what instances say, and what differs between them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import format_option
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.finance.datapoints import DataPoints

HEADINGS = (
    N_("id"), N_("label"), N_("period"), N_("unit"), N_("value"), N_("breakdown"), N_("change"),
    N_("old"), N_("new"),
)  # fmt: skip
"""Headings of facts and differences."""

INSTANCE = click.Path(exists=True, path_type=Path)

datapoints_option = option(
    "--datapoints",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("The authority's data of the data points; otherwise that of the settings."),
)
table_option = option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("File to write instead of standard output: .csv or .xlsx."),
)


@command(
    help=N_(
        "Show the facts of an instance: number and name of the data point, value.\n\n"
        "INSTANCE is XBRL, xBRL-JSON, xBRL-CSV (folder or metadata) or a report package, ours or "
        "another's. Data points are named when the authority's data is given. WORDS show only "
        "the facts that have all of them in number, name or signature."
    )
)
@argument("instance", type=INSTANCE)
@argument("words", nargs=-1)
@datapoints_option
@format_option
@table_option
def show(
    instance: Path,
    words: tuple[str, ...],
    datapoints: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Show an instance."""
    from kirjaamo.finance.instances import read
    from kirjaamo.finance.instances.showing import looked_for, shown

    filing = read(instance)
    facts = looked_for(shown(filing, named_points(datapoints)), words)
    sentence = gettext("{filer}: {count} facts of {entry_point}")
    title = sentence.format(
        filer=filing.entity, count=facts.height, entry_point=filing.entry_point
    )
    _give(facts, form, output, title)


@command(
    help=N_(
        "Show what differs between two instances of any forms: values that changed, facts that "
        "were added or are missing, units and decimals. Order, prefixes, identifiers and "
        "the form of numbers make no difference.\n\nEnds with 1 when anything differs."
    )
)
@argument("old", type=INSTANCE)
@argument("new", type=INSTANCE)
@datapoints_option
@format_option
@table_option
@click.pass_context
def diff(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    old: Path,
    new: Path,
    datapoints: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Compare two instances."""
    from kirjaamo.finance.instances import read
    from kirjaamo.finance.instances.difference import difference

    found = difference(read(old), read(new), named_points(datapoints))
    if found.is_empty():
        click.echo(gettext("They say the same."), err=True)
    if found.height or form != "text" or output:
        title = gettext("{count} differences").format(count=found.height)
        _give(found, form, output, title)
    ctx.exit(ExitCode.FINDINGS if found.height else ExitCode.CLEAN)


def named_points(asked: Path | None) -> "DataPoints | None":
    """Return the data points asked for, or those of the settings, or None."""
    from kirjaamo.finance.datapoints.reading import read
    from kirjaamo.workspace import find

    if asked is not None:
        return read(asked)
    workspace = find()
    if workspace is None or not workspace.settings.finance.datapoints:
        return None
    place = workspace.folder / workspace.settings.finance.datapoints
    return read(place) if place.exists() else None


def _give(frame: "pl.DataFrame", form: str, output: Path | None, title: str) -> None:
    """Print a table, or write it to a file whose name says the form."""
    from kirjaamo.cli import frames, tables

    if output is not None:
        tables.write(frame, output)
    else:
        frames.show(frame, form, None, title=title)
