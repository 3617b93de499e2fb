"""``kirjaamo records``: the record model as a person sees it."""

from pathlib import Path

import click

from kirjaamo.cli import completion
from kirjaamo.cli.base import argument, group, option
from kirjaamo.messages import N_, gettext


@group(help=N_("The record model: the tables that every system's export becomes."))
def records() -> None:
    """Hold the commands about the record model."""


@records.command("list", help=N_("List the tables of the record model."))
def list_() -> None:
    """List the tables."""
    from rich.console import Console
    from rich.table import Table

    from kirjaamo.records import tables

    shown = Table(box=None, pad_edge=False)
    for heading in (N_("Table"), N_("Name"), N_("Fields")):
        shown.add_column(gettext(heading))
    for table in tables().values():
        shown.add_row(table.name, str(table.label), str(len(table.fields)))
    Console().print(shown)


@records.command(help=N_("Show the fields of TABLE: name, type, what governs them, source."))
@argument("table", shell_complete=completion.tables)
def show(table: str) -> None:
    """Show one table."""
    from rich.console import Console
    from rich.table import Table

    from kirjaamo.records import get
    from kirjaamo.records.pages import FIELD_HEADINGS, field_row

    found = get(table)
    shown = Table(title=f"{found.name} · {found.label}", box=None, pad_edge=False)
    for heading in FIELD_HEADINGS:
        shown.add_column(gettext(heading), overflow="fold")
    for field in found.fields.values():
        shown.add_row(*field_row(field))
    Console().print(shown)


@records.command(help=N_("Write an empty Excel template with one sheet for each table."))
@option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="kirjaamo-records.xlsx",
    show_default=True,
    help=N_("File to write."),
)
def template(output: Path) -> None:
    """Write the Excel template."""
    from kirjaamo.files import replacing
    from kirjaamo.records.template import write

    with replacing(output) as stream:
        write(stream)
    click.echo(gettext("Wrote {path}").format(path=output), err=True)
