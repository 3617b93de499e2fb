"""``kirjaamo samples taxonomy``: a taxonomy of our own, in the authority's architecture."""

from pathlib import Path

import click

from kirjaamo.cli.base import command, option
from kirjaamo.messages import N_, gettext


@command(
    help=N_(
        "Write the sample taxonomy: a taxonomy package (zip) with two modules, and its data "
        "points as SQLite and CSV. It is an example of our own, not an authority's. Always the "
        "same bytes."
    )
)
@option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="taxonomy",
    show_default=True,
    help=N_("Folder to write to."),
)
def taxonomy(output: Path) -> None:
    """Write the sample taxonomy."""
    from kirjaamo.samples.taxonomy.package import write

    for path in write(output):
        click.echo(gettext("Wrote {path}").format(path=path), err=True)
