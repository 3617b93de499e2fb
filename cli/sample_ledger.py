"""``kirjaamo samples ledger``: the ledger of a county that does not exist, as a workspace."""

from pathlib import Path

import click

from kirjaamo.cli.base import command, option
from kirjaamo.messages import N_, gettext

POSTINGS = 200_000


@command(
    help=N_(
        "Write the ledgers of a synthetic county as two ERP systems would export them, as a "
        "workspace with profiles, mappings, code lists, settings, the previous filing, and a "
        "truth file that tells where every defect is. The same seed gives the same bytes."
    )
)
@option("--postings", type=click.IntRange(min=1000), default=POSTINGS, show_default=True,
        help=N_("How many postings there are, about."))  # fmt: skip
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@option("--defects", is_flag=True, help=N_("Give every rule about ledgers something to find."))
@option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default="ledger",
        show_default=True, help=N_("Folder to write to."))  # fmt: skip
def ledger(postings: int, seed: int, output: Path, *, defects: bool) -> None:
    """Write a ledger and what it is checked against."""
    from kirjaamo.samples.ledger import write

    for path in write(output, postings=postings, seed=seed, defects=defects):
        click.echo(gettext("Wrote {path}").format(path=path), err=True)
