"""``kirjaamo map show`` and ``map describe``: record maps, old on one side and new on the other."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from rich.table import Table

    from kirjaamo.classifications.structures import Structure
    from kirjaamo.mappings.recordmaps import RecordMap

WIDTH = 160
"""Columns where the result is no terminal."""

map_argument = argument("name", metavar="STRUCTURE")
output_option = option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("File to write instead of standard output."),
)


@command(
    help=N_(
        "Show a record map: old fields beside the fields of the national structure. STRUCTURE is "
        "an OID or a document type such as 11000; without it the maps are listed."
    )
)
@argument("name", metavar="[STRUCTURE]", required=False)
@output_option
def show(name: str | None, output: Path | None) -> None:
    """Show one record map, or list them."""
    from rich.console import Console, Group

    rows = _listed() if name is None else _shown(*_found(name))
    if output is None and sys.stdout.isatty():
        Console(highlight=False).print(Group(*rows))
        return
    console = Console(width=WIDTH, highlight=False, force_terminal=False)
    with console.capture() as captured:
        console.print(Group(*rows))
    _write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()), output)


@command(
    help=N_(
        "Write the conversion description of a record map for hand-over. STRUCTURE is an OID or "
        "a document type such as 11000."
    )
)
@map_argument
@option(
    "--format",
    "form",
    type=click.Choice(["md", "html"]),
    default="md",
    show_default=True,
    help=N_("How the description is written."),
)
@output_option
def describe(name: str, form: str, output: Path | None) -> None:
    """Write the conversion description of one record map."""
    from kirjaamo.mappings.recordmaps.describing import FORMATS

    _write(FORMATS[form](*_found(name)), output)


def join(group: click.Group) -> None:
    """Add the commands of record maps to ``kirjaamo map``."""
    for found in (show, describe):
        group.add_command(found)


def _found(name: str) -> "tuple[RecordMap, Structure]":
    """Return a map of the workspace or a shipped one, and its structure."""
    from kirjaamo.classifications.structures import Structures
    from kirjaamo.mappings import recordmaps

    found = recordmaps.get(name, recordmaps.maps(_folder("mappings/records")))
    return found, Structures(_folder("structures")).get(found.structure)


def _folder(below: str) -> Path | None:
    """Return a folder of the workspace, when there is a workspace."""
    from kirjaamo.workspace import find

    workspace = find()
    return workspace.folder / below if workspace else None


def _listed() -> "list[Table | str]":
    """Return the table of every map."""
    from kirjaamo import records
    from kirjaamo.classifications.structures import Structures
    from kirjaamo.mappings import recordmaps

    table = _table(N_("Map"), N_("Structure"), N_("Old records"), N_("Name"))
    known = Structures(_folder("structures"))
    for name, one in recordmaps.maps(_folder("mappings/records")).items():
        label = str(records.get(one.of).label)
        table.add_row(name, one.structure, label, str(known.facts(one.structure).name))
    return [table]


def _shown(record_map: "RecordMap", structure: "Structure") -> "list[Table | str]":
    """Return a map as tables: what becomes what, what is left out, and what is wrong."""
    from rich.markup import escape

    from kirjaamo.classifications import Codes
    from kirjaamo.mappings.recordmaps import checking, pages

    table = _table(N_("Where it comes from"), "", N_("New field"), N_("Notes"))
    for line in pages.lines(record_map, structure):
        mark = pages.MARKS[line.state] if line.old else ""
        name = line.name + (" *" if line.required else "")
        table.add_row(*map(escape, (line.old, mark, name, "\n".join(line.notes))))
    left = _table(N_("Not carried over"), N_("Reason"))
    for row in pages.left_out(record_map):
        left.add_row(*map(escape, row))
    legend = " · ".join(f"{pages.MARKS[s]} {gettext(pages.STATES[s])}" for s in pages.State)
    wrong = checking.problems(record_map, structure, Codes(_folder("classifications")))
    return [
        f"[bold]{escape(str(structure.name))}[/]  {structure.oid}",
        escape(str(record_map.about)), table, escape(f"{legend} · * {gettext(REQUIRED)}"), left,
        *(f"[red]! {escape(str(problem))}[/]" for problem in wrong),
    ]  # fmt: skip


REQUIRED = N_("required")


def _table(*heads: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    for head in heads:
        table.add_column(
            gettext(head) if head else "", overflow="fold", width=1 if not head else None
        )
    return table


def _write(text: str, output: Path | None) -> None:
    """Write to a file, or to standard output."""
    from kirjaamo.files import write

    if output is None:
        click.echo(text, nl=False)
    else:
        write(output, text.encode())
