"""``kirjaamo samples``: synthetic exports of three old systems, with known damage."""

from pathlib import Path

import click

from kirjaamo.cli.base import group, option
from kirjaamo.cli.sample_access import access
from kirjaamo.cli.sample_documents import documents
from kirjaamo.cli.sample_ledger import ledger
from kirjaamo.cli.sample_taxonomy import taxonomy
from kirjaamo.messages import N_, gettext

CLIENTS = 3000
"""Clients of the demo region: 12 000 decisions over three systems."""


@group(help=N_("Synthetic exports of three old client systems; no real person, ever."))
def samples() -> None:
    """Hold the commands about samples."""


samples.add_command(access)
samples.add_command(documents)
samples.add_command(ledger)
samples.add_command(taxonomy)


@samples.command(
    help=N_(
        "Write what old client systems of one synthetic region would export, and a truth file "
        "that tells where every defect is. The same seed gives the same bytes."
    )
)
@option(
    "--clients",
    type=click.IntRange(min=1),
    default=CLIENTS,
    show_default=True,
    help=N_(
        "Clients of the region; each system has a third of them, with four decisions each on average."
    ),
)
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@option(
    "--system",
    type=click.Choice(["A", "B", "C", "all"], case_sensitive=False),
    default="all",
    show_default=True,
    help=N_("A: two CSV files, B: a workbook, C: an SQLite database."),
)
@option(
    "--defects",
    type=click.FloatRange(0, 1),
    default=0.02,
    show_default=True,
    help=N_("Share of rows that get a defect."),
)
@option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="samples",
    show_default=True,
    help=N_("Folder to write to."),
)
def generate(clients: int, seed: int, system: str, defects: float, output: Path) -> None:
    """Write the exports and the truth files."""
    from kirjaamo import samples as room

    chosen = room.SYSTEMS if system == "all" else (system,)
    region = room.generate(clients, seed, defects, chosen)
    for name in chosen:
        for path in room.export(region, name, output):
            click.echo(gettext("Wrote {path}").format(path=path), err=True)
    if chosen == room.SYSTEMS:
        path = room.staff_list(region, output)
        click.echo(gettext("Wrote {path}").format(path=path), err=True)
