"""``kirjaamo samples documents``: synthetic client documents, whole or damaged."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.samples.documents import Documents

FILLS = ("required", "random", "all")
FORMATS = ("folder", "jsonl", "zip")


@command(
    help=N_(
        "Write synthetic client documents of document structures: an OID, a document type such "
        "as 11053, or a kind such as Päätös. No person in them exists. A truth list tells where "
        "every damage is. The same seed gives the same bytes."
    )
)
@argument("names", metavar="[STRUCTURE]...", nargs=-1)
@option("--all", "every", is_flag=True, help=N_("Every current structure version."))
@option(
    "--count",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help=N_("Documents of each structure."),
)
@option(
    "--fill",
    type=click.Choice(FILLS),
    default="random",
    show_default=True,
    help=N_("What is filled: what must be, half of the rest too, or everything."),
)
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@option(
    "--mutate",
    "damaged",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    metavar="SHARE",
    help=N_("Share of documents that get one piece of damage."),
)
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="folder",
    show_default=True,
    help=N_("A folder of files, JSON lines, or a zip."),
)
@option(
    "--structures",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=N_("Folder of imported structures; it has the wording of long fixed texts."),
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=N_("Folder or file to write to."),
)
def documents(  # noqa: PLR0917 - click passes options by name
    names: tuple[str, ...],
    every: bool,
    count: int,
    fill: str,
    seed: int,
    damaged: float,
    form: str,
    folder: Path | None,
    output: Path | None,
) -> None:
    """Write sample documents and the truth list."""
    from kirjaamo.classifications.structures import Structures
    from kirjaamo.samples.documents import Documents
    from kirjaamo.samples.documents.writing import Order, write

    if not names and not every:
        raise click.UsageError(gettext("Name a structure, or say --all."))
    maker = Documents(Structures(folder))
    found = maker.current() if every else [oid for name in names for oid in _oids(maker, name)]
    place = output or Path("documents" if form == "folder" else f"documents.{form}")
    order = Order(tuple(dict.fromkeys(found)), count, fill, seed, damaged, form)
    written = write(maker, order, place)
    told = gettext("Wrote {count} documents to {path}").format(count=written, path=place)
    click.echo(told, err=True)
    _tell_stand_ins(maker, order.oids)


def _oids(maker: "Documents", name: str) -> list[str]:
    """Return the structure versions that a name stands for."""
    import polars as pl

    versions = maker.structures.versions()
    current = versions.filter(pl.col("status") == "current")
    kind = pl.col("type").str.to_lowercase() == name.lower()
    exact = versions.filter(pl.col("oid") == name)["oid"].to_list()
    newest = current.filter(pl.col("code") == name)["oid"].to_list()[-1:]
    found = exact or newest or current.filter(kind)["oid"].to_list()
    if not found:
        known = (
            *versions["type"].unique(maintain_order=True),
            *versions["code"],
            *versions["oid"],
        )
        raise UnknownNameError(kind=N_("document structure"), name=name, known=known)
    return list(found)


def _tell_stand_ins(maker: "Documents", oids: tuple[str, ...]) -> None:
    """Say how many structures have fixed texts whose wording is not known."""
    number = sum(bool(maker.unworded(oid)) for oid in oids)
    if number:
        told = gettext(
            "{count} structures have long fixed texts whose wording is not bundled; their "
            "documents hold stand-ins, listed in the truth list. Give --structures to use the "
            "wording of imported structures."
        )
        click.echo(told.format(count=number), err=True)
