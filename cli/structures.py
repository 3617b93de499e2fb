"""``kirjaamo structures``: the national document structures, as a person reads them."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.options import DAY, format_option, output_option
from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.classifications.structures import Structure, Structures

FOLDER = "structures"
"""The folder of imported structures in a workspace."""

on_option = option(
    "--on",
    "day",
    type=DAY,
    metavar="DATE",
    help=N_("The version in force on this day (today); used with a document type."),
)
structure_argument = argument("name", metavar="STRUCTURE")


@group(help=N_("The national document structures: fields, codes, cardinalities, versions."))
def structures() -> None:
    """Hold the commands about document structures."""


@structures.command("list", help=N_("List document structures, those in force unless asked."))
@option("--type", "kind", metavar="TYPE", help=N_("Only this type, such as Päätös."))
@option("--subject", metavar="TEXT", help=N_("Only subjects that contain this text."))
@option("--on", "day", type=DAY, metavar="DATE", help=N_("Those in force on this day."))
@option("--all", "every", is_flag=True, help=N_("Every known version, obsolete ones too."))
@format_option
@output_option
def list_(  # noqa: PLR0917 - click passes options by name
    kind: str | None,
    subject: str | None,
    day: dt.datetime | None,
    every: bool,
    form: str,
    output: Path | None,
) -> None:
    """List structure versions."""
    import polars as pl

    from kirjaamo.classifications.structures import pages
    from kirjaamo.cli.frames import show as write

    frame = _library().versions()
    if day:
        frame = pages.in_force(frame, day.date())
    elif not every:
        frame = pages.in_force(frame, _today()).filter(pl.col("status") == "current")
    for column, text in (("type", kind), ("subject", subject)):
        if text:
            wanted = pl.col(column).str.to_lowercase().str.contains(text.lower(), literal=True)
            frame = frame.filter(wanted)
    write(pages.versions(frame), form, output, title="")


@structures.command(
    help=N_("Show a structure as a tree. STRUCTURE is an OID or a document type such as 11049.")
)
@structure_argument
@on_option
@output_option
def show(name: str, day: dt.datetime | None, output: Path | None) -> None:
    """Show one structure as a tree."""
    from rich.console import Console

    from kirjaamo.classifications import Codes
    from kirjaamo.classifications.structures import pages

    def system_name(oid: str) -> str | None:
        home = codes.home(oid)
        return str(home.facts.names) if home else None

    codes = Codes()
    colour = output is None and sys.stdout.isatty()
    width = Console().width if colour else 160
    found = _structure(name, day)
    _write(pages.tree(found, system_name, width=width, colour=colour).encode(), output)


@structures.command(help=N_("List the fields of a structure with everything known of them."))
@structure_argument
@on_option
@format_option
@output_option
def fields(name: str, day: dt.datetime | None, form: str, output: Path | None) -> None:
    """List the fields of one structure."""
    from kirjaamo.classifications.structures import pages
    from kirjaamo.cli.frames import show as write

    found = _structure(name, day)
    write(pages.fields(found), form, output, title=f"{found.oid} · {found.name}")


@structures.command(
    help=N_("Find structures and fields by TEXT: a Finnish or Swedish name as you recall it.")
)
@argument("text")
@option("--limit", type=click.IntRange(1), default=20, show_default=True,
        help=N_("How many to show."))  # fmt: skip
@format_option
@output_option
def find(text: str, limit: int, form: str, output: Path | None) -> None:
    """Find names that resemble a text."""
    from kirjaamo.classifications.structures import finding, pages
    from kirjaamo.cli.frames import show as write

    write(pages.matches(finding.find(_library(), text, limit)), form, output, title="")


@structures.command(help=N_("Write an empty document: JSON, a form in text, or a workbook."))
@structure_argument
@on_option
@option(
    "--format",
    "form",
    type=click.Choice(["json", "text", "xlsx"]),
    default="json",
    show_default=True,
    help=N_("How the document is written."),
)
@output_option
def template(name: str, day: dt.datetime | None, form: str, output: Path | None) -> None:
    """Write an empty document of one structure."""
    from kirjaamo.classifications.structures import templates

    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError(gettext("A workbook needs a file: add --output FILE."))
    _write(templates.FORMATS[form](_structure(name, day)), output)


@structures.command(
    help=N_("Compare two versions: fields added, removed and changed from OLD to NEW.")
)
@argument("old")
@argument("new")
@format_option
@output_option
def diff(old: str, new: str, form: str, output: Path | None) -> None:
    """Compare two structure versions."""
    from kirjaamo.classifications.structures import diff as compare
    from kirjaamo.classifications.structures import pages
    from kirjaamo.cli.frames import show as write

    a, b = _structure(old, None), _structure(new, None)
    write(pages.differences(compare(a, b)), form, output, title=f"{a.oid} → {b.oid}")


@structures.command(
    "import", help=N_("Import newer national structures: every JSON Schema below FOLDER.")
)
@argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help=N_("Folder for the fact files (structures in the workspace)."),
)
def import_(folder: Path, output: Path | None) -> None:
    """Import a folder of national definitions."""
    from kirjaamo.classifications.structures.importing import import_folder
    from kirjaamo.classifications.structures.library import TEXTS

    place = output or _own_folder()
    done = import_folder(folder, place, place / TEXTS)
    sentence = gettext(
        "Imported {structures} structures, {fields} fields, {size} kB into {folder}."
    )
    told = sentence.format(
        structures=done.structures,
        fields=done.fields,
        size=round(done.size / 1000),
        folder=place,
    )
    click.echo(told, err=True)


def _structure(name: str, day: dt.datetime | None) -> "Structure":
    """Return the version with an OID, or that of a document type in force on *day*."""
    library = _library()
    if "." in name:
        return library.get(name)
    return library.for_type(name, day.date() if day else _today())


def _library() -> "Structures":
    """Return the bundled structures and those imported into the workspace, if there is one."""
    from kirjaamo.classifications.structures import Structures
    from kirjaamo.workspace import find as find_workspace

    workspace = find_workspace()
    return Structures(workspace.classifications / FOLDER if workspace else None)


def _own_folder() -> Path:
    from kirjaamo.workspace import FILE
    from kirjaamo.workspace import find as find_workspace

    workspace = find_workspace()
    if workspace is None:
        reason = N_(
            "structures are stored in a workspace, and there is none here; add --output"
        )
        raise SettingsError(file=FILE, reason=reason)
    return workspace.classifications / FOLDER


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    from kirjaamo.files import write

    write(output, content)
