"""``kirjaamo oid``: check the OIDs of a register, allocate them, report the coding."""

import datetime as dt
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.options import as_of_option, output_options, profile_option
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.sources.tables import System

PLACES = 3
"""Places shown of each check."""


@group(help=N_("Object identifiers (OID): check a register, allocate, report the coding."))
def oid() -> None:
    """Hold the commands about OIDs."""


@oid.command(
    help=N_(
        "Check the OIDs of all units: form, business id inside, duplicates, and records of units "
        "that were not in operation.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "read. Ends with 1 when something is wrong."
    )
)
@argument("path", nargs=-1)
@profile_option
@as_of_option
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File for the list: .csv or .xlsx."))  # fmt: skip
@click.pass_context
def check(
    ctx: click.Context,
    path: tuple[str, ...],
    profile: str | None,
    as_of: dt.datetime | None,
    output: Path | None,
) -> None:
    """Check OIDs."""
    from kirjaamo.archive.oids.checking import CHECKS, NOTES
    from kirjaamo.cli import frames
    from kirjaamo.cli.tables import write

    _, found = _looked(path, profile, as_of)
    frames.show(_counted(found), "text", None, title="")
    if output is not None:
        told = {name: gettext(sentence) for name, sentence in CHECKS.items()}
        named = found.with_columns(found["check"].replace_strict(told))
        write(named.rename({"_source": "source", "_row": "row"}), output)
    if not found.filter(~found["check"].is_in(NOTES)).is_empty():
        ctx.exit(int(ExitCode.FINDINGS))


def _counted(found: "pl.DataFrame") -> "pl.DataFrame":
    """Return a row for each check: how often, and the first places."""
    import polars as pl

    from kirjaamo.archive.oids.checking import CHECKS

    rows = []
    for name, sentence in CHECKS.items():
        places = found.filter(pl.col("check") == name)
        first = [
            f"{s}:{r}" for s, r in places.select("_source", "_row").head(PLACES).iter_rows()
        ]
        rows.append((gettext(sentence), places.height, ", ".join(first)))
    return pl.DataFrame(rows, schema=["check", "count", "places"], orient="row")


def _looked(
    path: tuple[str, ...], profile: str | None, as_of: dt.datetime | None
) -> "tuple[list[System], pl.DataFrame]":
    from kirjaamo.archive.oids.checking import USES
    from kirjaamo.archive.oids.checking import check as look
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.sources.tables import systems
    from kirjaamo.workspace import find

    workspace = find()
    own = workspace.settings.organisation.oid if workspace else None
    known = systems(inputs(path, profile, workspace).tables, ("unit", *USES))
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).astimezone().date()
    return known, look(known, own or "", day)


@oid.command(
    help=N_(
        "Give OIDs below the organisation's own node to KEYs of a system, and write them into the "
        "ledger. The same key always gets the same OID; none is ever given to something else."
    )
)
@argument("keys", nargs=-1, metavar="KEY...")
@option("--system", required=True, help=N_("System whose keys these are."))
@option("--kind", default="document", show_default=True, help=N_("What the keys stand for."))
@option("--file", "listed", type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=N_("File with one key on each line."))  # fmt: skip
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File for the list: .csv or .xlsx."))  # fmt: skip
def allocate(
    keys: tuple[str, ...], system: str, kind: str, listed: Path | None, output: Path | None
) -> None:
    """Allocate OIDs."""
    import polars as pl

    from kirjaamo.archive.oids.allocating import Place
    from kirjaamo.archive.oids.allocating import allocate as give
    from kirjaamo.cli import frames
    from kirjaamo.cli.tables import write
    from kirjaamo.ledger import of_workspace
    from kirjaamo.workspace import needed

    workspace = needed()
    settings = workspace.settings
    every = [*keys, *(_lines(listed) if listed else ())]
    with of_workspace(workspace, lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        own = settings.organisation.oid or ""
        given = give(ledger, Place(own, settings.ledger.node, system, kind), every)
    table = pl.DataFrame(given, schema=["key", "oid"], orient="row")
    if output is None:
        frames.show(table, "csv", None, title="")
    else:
        write(table, output)


def _lines(path: Path) -> list[str]:
    """Return the keys of a file.

    Raises:
        BinaryFileError: It is no text.
    """
    from kirjaamo.sources.errors import BinaryFileError

    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BinaryFileError(source=path.name) from None
    return [line.strip() for line in text.splitlines() if line.strip()]


@oid.command(help=N_("Report for each unit whether it has an OID without fault, and its use."))
@argument("path", nargs=-1)
@profile_option
@as_of_option
@output_options
def report(
    path: tuple[str, ...],
    profile: str | None,
    as_of: dt.datetime | None,
    form: str,
    output: Path | None,
) -> None:
    """Report the coding."""
    from kirjaamo.archive.oids.reporting import report as told
    from kirjaamo.cli import frames

    known, found = _looked(path, profile, as_of)
    table = told(known, found)
    ready = int(table["ready"].sum())
    sentence = gettext("{ready} of {all} units have an OID without fault.")
    click.echo(sentence.format(ready=ready, all=table.height), err=True)
    frames.show(table, form, output, title="")
