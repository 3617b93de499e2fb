"""``kirjaamo archive retention``: how long records are kept, and what may be destroyed."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import as_of_option, profile_option
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.archive.retention.results import Result
    from kirjaamo.workspace import Workspace

LISTS = ("disposal", "archive", "unknown", "clash", "all")
CLASH = N_(
    "Act {act} governs. Under act {other} {count} records would end otherwise; “--list clash” "
    "lists them."
)
BESIDE = N_("Where act {act} (left) and act {other} (right) come to different results:")
REST = N_(
    "Nothing that is ordered archived is in the disposal list. Which records the National "
    "Archives wants beyond the orders known here is for its decisions to say."
)
PARTIAL = N_(
    "The number of a service task is known here for {known} of {all} tasks of the act. Import the "
    "official list (kirjaamo codes import FILE --list service_task)."
)


@command(
    help=N_(
        "Tell how long the records of exports must be kept under Act 703/2023, which of them are "
        "ordered archived and which may be destroyed; beside it what Act 254/2015 said.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "read."
    )
)
@argument("path", nargs=-1)
@profile_option
@as_of_option
@option("--rules", is_flag=True, help=N_("Show the rules of both acts instead."))
@option("--list", "name", type=click.Choice(LISTS), default="disposal", show_default=True,
        help=N_("What the file lists."))  # fmt: skip
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File for the list: .csv or .xlsx."))  # fmt: skip
@option("--reveal", is_flag=True,
        help=N_("List record keys and days too; the audit trail tells it."))  # fmt: skip
def retention(  # noqa: PLR0917 - click passes each option by name
    path: tuple[str, ...],
    profile: str | None,
    as_of: dt.datetime | None,
    rules: bool,
    name: str,
    output: Path | None,
    reveal: bool,
) -> None:
    """Show retention."""
    from kirjaamo.archive.retention import results
    from kirjaamo.cli import frames
    from kirjaamo.workspace import find, needed

    workspace = needed() if reveal else find()
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).astimezone().date()
    if rules:
        frames.show(results.ruled(day), "text", None, title="")
        return
    found = _found(path, profile, workspace, day)
    frames.show(results.counts(found), "text", None, title="")
    clashes = results.clashes(found)
    if not clashes.is_empty():
        sentence = gettext(BESIDE).format(act=found.regime.act, other=found.other.act)
        frames.show(clashes, "text", None, title=f"\n{sentence}")
    _say(found, workspace)
    if output is not None:
        _write(
            results.listed(found, name, reveal=reveal), output, workspace if reveal else None
        )


def _found(
    path: tuple[str, ...], profile: str | None, workspace: "Workspace | None", day: dt.date
) -> "Result":
    from kirjaamo.archive.retention.facts import TABLES, facts
    from kirjaamo.archive.retention.results import result
    from kirjaamo.classifications import Codes
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.sources.tables import systems

    sources = inputs(path, profile, workspace).tables
    kinds = workspace.settings.retention.kinds if workspace else {}
    codes = Codes(workspace.classifications if workspace else None)
    return result(facts(systems(sources, TABLES), day, kinds), day, codes)


def _say(found: "Result", workspace: "Workspace | None") -> None:
    from kirjaamo.archive.retention.results import numbered
    from kirjaamo.classifications import Codes

    count = int(found.frame["clash"].sum())
    sentence = gettext(CLASH)
    click.echo(
        sentence.format(act=found.regime.act, other=found.other.act, count=count), err=True
    )
    known, every = numbered(
        found.regime, Codes(workspace.classifications if workspace else None)
    )
    if known < every:
        click.echo(gettext(PARTIAL).format(known=known, all=every), err=True)
    click.echo(gettext(REST), err=True)


def _write(table: "pl.DataFrame", output: Path, workspace: "Workspace | None") -> None:
    """Write a list; with keys of records only after the audit trail has it."""
    from kirjaamo.cli.tables import write
    from kirjaamo.cli.trail import remember

    if workspace is not None:
        remember(workspace, "retention list revealed", records=table.height)
    write(table, output)
