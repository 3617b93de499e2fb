"""``kirjaamo codes``: the national code lists, and the workspace's own editions of them."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, group, option
from kirjaamo.cli.options import DAY, output_options
from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.classifications import Codes
    from kirjaamo.classifications.importing import Stored


@group(help=N_("The national code lists: what is known of them, and your own editions."))
def codes() -> None:
    """Hold the commands about code lists."""


@codes.command("list", help=N_("List the code lists, how many codes are known and how surely."))
@output_options
def list_(form: str, output: Path | None) -> None:
    """List every code list."""
    from kirjaamo.classifications import pages
    from kirjaamo.cli.frames import show as write

    write(pages.lists(_codes()), form, output, title="")


@codes.command(help=N_("Show the codes of LIST, given by its OID or its short name."))
@argument("list_name", metavar="LIST")
@option("--on", "day", type=DAY, metavar="DATE", help=N_("Only codes in force on this day."))
@output_options
def show(list_name: str, day: dt.datetime | None, form: str, output: Path | None) -> None:
    """Show one list."""
    from kirjaamo.classifications import pages
    from kirjaamo.cli.frames import show as write

    found = _codes().get(list_name)
    frame = found.on(day.date()) if day else found.frame
    write(pages.codes(frame), form, output, title=f"{found.key} · {found.label}")
    if form == "text":
        for sentence in pages.notes(found):
            click.echo(sentence, err=True)


@codes.command(
    help=N_("Find codes by TEXT: a code, or a Finnish or Swedish name as you recall it.")
)
@argument("text")
@option("--list", "list_name", metavar="LIST", help=N_("Only this list (OID or short name)."))
@option("--on", "day", type=DAY, metavar="DATE", help=N_("Only codes in force on this day."))
@output_options
def lookup(
    text: str, list_name: str | None, day: dt.datetime | None, form: str, output: Path | None
) -> None:
    """Find codes by name."""
    from kirjaamo.classifications.search import search
    from kirjaamo.cli.frames import show as write

    every = _codes()
    lists = [every.get(list_name)] if list_name else every.all()
    if day:
        lists = [one.as_of(day.date()) for one in lists]
    write(search(lists, text), form, output, title="")


@codes.command(
    "import", help=N_("Import official codes into the workspace: CSV, XLSX, JSON or XML.")
)
@argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "--list",
    "list_name",
    metavar="LIST",
    required=True,
    help=N_("OID or short name of the list."),
)
@option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help=N_("Name of the column that holds a field, such as code=Tunnus; may be repeated."),
)
@option(
    "--retrieved",
    type=DAY,
    metavar="DATE",
    help=N_("Day on which the file was fetched (today)."),
)
@option("--source", default="", help=N_("Where the file comes from."))
@option("--partial", is_flag=True, help=N_("The file does not hold the whole list."))
def import_(  # noqa: PLR0917 - click passes them by name
    files: tuple[Path, ...],
    list_name: str,
    columns: tuple[str, ...],
    retrieved: dt.datetime | None,
    source: str,
    partial: bool,
) -> None:
    """Import files as an edition of a list."""
    from kirjaamo.classifications.importing import Origin, read_files, store

    folder = _folder()
    export, sums = read_files(files, dict(map(_column, columns)))
    day = retrieved.date() if retrieved else _now().date()
    named = source or ", ".join(path.name for path in files)
    _tell(
        store(folder, _oid(list_name), export, Origin(named, day, sums, complete=not partial))
    )


@codes.command(
    help=N_(
        "Fetch the official lists from the code server into the workspace (uses the network). "
        "Without LIST: the lists that the record model uses and those imported before."
    )
)
@argument("lists", nargs=-1, metavar="[LIST]...")
@option(
    "--base-url", metavar="URL", help=N_("Address of the code server, up to and without /v6.")
)
@option("--timeout", type=click.FloatRange(min=0.1), default=30, show_default=True,
        help=N_("Seconds to wait for an answer."))  # fmt: skip
def update(lists: tuple[str, ...], base_url: str | None, timeout: float) -> None:
    """Fetch lists; nothing is written before every one of them is whole."""
    from kirjaamo.classifications.importing import store
    from kirjaamo.classifications.update import BASE_URL, Server, fetch

    folder = _folder()
    server = Server(base_url or BASE_URL, timeout=timeout)
    oids = [_oid(name) for name in lists] or _used()
    fetched = [(oid, *fetch(server, oid, _now)) for oid in oids]
    for oid, export, origin in fetched:
        _tell(store(folder, oid, export, origin))


@codes.command(
    help=N_(
        "Show what differs between two editions of LIST; without editions, between the "
        "built-in one and yours."
    )
)
@argument("list_name", metavar="LIST")
@argument("editions", nargs=-1, metavar="[EDITION EDITION]")
@output_options
def diff(list_name: str, editions: tuple[str, ...], form: str, output: Path | None) -> None:
    """Compare two editions."""
    from kirjaamo.classifications.catalogue import editions_of
    from kirjaamo.classifications.difference import difference
    from kirjaamo.cli.frames import show as write

    if len(editions) not in (0, 2):
        raise click.UsageError(gettext("Give two editions, or none."))
    before, after = editions_of(_codes(), list_name, editions)
    title = f"{before.key}: {before.edition} → {after.edition}"
    write(difference(before, after), form, output, title=title)
    if before is after:
        click.echo(gettext("There is only the built-in edition of this list."), err=True)


def _codes() -> "Codes":
    """Return the code lists of the workspace, or the built-in ones outside any."""
    from kirjaamo.classifications import Codes
    from kirjaamo.workspace import find

    workspace = find()
    return Codes(workspace.classifications if workspace else None)


def _folder() -> Path:
    from kirjaamo.workspace import FILE, find

    workspace = find()
    if workspace is None:
        reason = N_(
            "code lists are stored in a workspace, and there is none here; run kirjaamo init"
        )
        raise SettingsError(file=FILE, reason=reason)
    return workspace.classifications


def _oid(name: str) -> str:
    """Return the key of a list; an OID that is not known here is taken as it stands."""
    from kirjaamo.classifications.oid import is_oid

    if is_oid(name):
        found = _codes().find(name)
        return found.key if found else name
    return _codes().get(name).key


def _used() -> list[str]:
    """Return the lists of the record model and those imported before."""
    from kirjaamo.classifications.oid import is_oid
    from kirjaamo.records import tables

    model = {
        field.code_system for table in tables().values() for field in table.fields.values()
    }
    every = _codes().homes()
    return [
        key for key, home in every.items() if is_oid(key) and (home.imported or key in model)
    ]


def _column(pair: str) -> tuple[str, str]:
    field, _, name = pair.partition("=")
    if not name:
        raise click.UsageError(gettext("Write a column as FIELD=NAME, such as code=Tunnus."))
    return field, name


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _tell(stored: "Stored") -> None:
    sentence = gettext("Codes stored: {codes}. Folder: {folder}")
    click.echo(sentence.format(codes=stored.codes, folder=stored.folder), err=True)
    if stored.without_status:
        sentence = gettext("Codes whose status is not known: {count}; they count as in force.")
        click.echo(sentence.format(count=stored.without_status), err=True)
