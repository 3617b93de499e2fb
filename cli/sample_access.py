"""``kirjaamo samples access``: access rights of a region that does not exist, as a workspace."""

from pathlib import Path

import click

from kirjaamo.cli.base import command, option
from kirjaamo.messages import N_, gettext

WORKERS = 600


@command(
    help=N_(
        "Write the employees, units and access rights of a synthetic region as its identity "
        "management would export them, as a workspace with a rule table, and a truth file that "
        "tells where every defect is. The same seed gives the same bytes."
    )
)
@option("--workers", type=click.IntRange(min=30), default=WORKERS, show_default=True,
        help=N_("How many employees there are."))  # fmt: skip
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@option("--defects", type=click.FloatRange(0, 1), default=0.1, show_default=True,
        help=N_("Share of employees of whom something is wrong."))  # fmt: skip
@option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default="access",
        show_default=True, help=N_("Folder to write to."))  # fmt: skip
def access(workers: int, seed: int, defects: float, output: Path) -> None:
    """Write access rights and what they are held against."""
    from kirjaamo.samples.access import write

    for path in write(output, workers=workers, seed=seed, defects=defects):
        click.echo(gettext("Wrote {path}").format(path=path), err=True)
