"""``kirjaamo init``: make a workspace."""

from pathlib import Path

import click

from kirjaamo.cli.base import argument, command
from kirjaamo.messages import N_, gettext


@command(
    help=N_(
        "Make a workspace in FOLDER: settings, and folders for profiles, exports, code lists "
        "and output.\n\nEvery command finds it from any folder below it."
    )
)
@argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Make a workspace."""
    from kirjaamo.workspace import create

    for path in create(folder):
        click.echo(gettext("Wrote {path}").format(path=path), err=True)
