"""``kirjaamo archive build``, ``explain`` and ``fields``: archive documents and their metadata."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.archive_keys import FILE, moment, own_ledger
from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import output_options
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.archive.building.cases import Case
    from kirjaamo.archive.building.making import Maker
    from kirjaamo.archive.building.running import Outcome
    from kirjaamo.workspace import Workspace

TABLES = ("document", "client", "worker", "unit", "matter")

HELD = N_("Held {count} documents: {field}: {sentence}.")
TOLD = N_("Built {built} documents; held {held}.")


class Table(click.ParamType[tuple[str, Path]]):
    """``NAME=FILE`` of a table of metadata."""

    name = "table=file"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Return the name of the table and its file."""
        if isinstance(value, tuple):
            return value
        name, mark, path = str(value).partition("=")
        if not mark or name not in TABLES:
            known = ", ".join(TABLES)
            sentence = gettext(
                N_("“{value}” is not TABLE=FILE with one of the tables {known}.")
            )
            self.fail(sentence.format(value=value, known=known), param, ctx)
        return name, Path(path)


@command(
    help=N_(
        "Build archive documents and their message frames into a new folder, and check each of "
        "them. A document that misses something is held and listed with the reason; nothing is "
        "filled in. Ends with 1 when documents were held.\n\n"
        "SOURCE is the target folder of a migration, whose sources the workspace still names; or "
        "a folder of JSON and PDF/A files with --table document=FILE. The other tables (client, "
        "worker, unit, matter) tell what the documents refer to."
    )
)
@argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path),
        help=N_("New folder for documents and frames."))  # fmt: skip
@option("--table", "tables", type=Table(), multiple=True, metavar="TABLE=FILE",
        help=N_("Table of metadata, CSV or JSON lines."))  # fmt: skip
@option("--held", type=FILE, help=N_("File for the list of held documents (CSV)."))
@option("--provenance", type=FILE,
        help=N_("File that tells where every field came from (JSON lines), without values."))  # fmt: skip
@option("--at", metavar="TIME", help=N_("The time of the messages; now."))
@option("--limit", type=click.IntRange(1), help=N_("At most so many documents."))
@option("--jobs", type=click.IntRange(1), default=1, help=N_("How many processes make documents."))  # fmt: skip
@click.pass_context
def build(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    source: Path,
    output: Path,
    tables: tuple[tuple[str, Path], ...],
    held: Path | None,
    provenance: Path | None,
    at: str | None,
    limit: int | None,
    jobs: int,
) -> None:
    """Build documents."""
    from itertools import islice

    from kirjaamo.archive.building.running import Output, run
    from kirjaamo.cli.progress import progress
    from kirjaamo.workspace import needed

    workspace = needed()
    maker = ready(workspace, at)
    found = islice(cases(workspace, source, dict(tables)), limit)
    with progress(quiet=False) as told:
        outcome = run(found, maker, Output(output, held, provenance), jobs=jobs, told=told)
    enter(workspace, output)
    say(outcome)
    ctx.exit(ExitCode.FINDINGS if outcome.held else ExitCode.CLEAN)


def enter(workspace: "Workspace", built: Path) -> None:
    """Enter documents that were built into the ledger: known, and neither checked nor signed."""
    from kirjaamo.archive.packages import lifecycle

    names = sorted(path.stem for path in (built / "documents").rglob("*.xml"))
    with own_ledger(workspace) as ledger:
        lifecycle.surveyed(ledger, names)


def ready(workspace: "Workspace", at: str | None) -> "Maker":
    """Return what makes documents for a workspace.

    Raises:
        MissingSettingsError: Settings that every document needs are empty.
    """
    from kirjaamo.archive.building import Ground, Maker
    from kirjaamo.archive.checking import Means
    from kirjaamo.classifications import Codes
    from kirjaamo.classifications.structures.library import Structures

    folder = workspace.classifications
    codes, structures = Codes(folder), Structures(folder / "structures")
    made = moment(at).replace(microsecond=0)
    ground = Ground(workspace.settings, codes, structures, made, workspace.folder)
    ground.require()
    is_test = workspace.settings.organisation.test
    return Maker(ground, Means("test" if is_test else "production", codes, structures))


def cases(workspace: "Workspace", source: Path, tables: dict[str, Path]) -> "Iterator[Case]":
    """Return the cases behind a source.

    Raises:
        KirjaamoError: The source, a table or an export cannot be read.
    """
    from kirjaamo.archive.building import metadata, migrated

    if tables or not migrated.is_target(source):
        return metadata.cases(source, tables)
    from kirjaamo.cli.inputs import inputs
    from kirjaamo.mappings import load
    from kirjaamo.migration.reading import systems
    from kirjaamo.sources import staff

    sources = inputs((), None, workspace).tables
    profiles = tuple({one.profile.system: one.profile for one in sources}.values())
    read = systems(sources, load(workspace, profiles))
    told = staff.extended({one.name: one.tables for one in read}, profiles)
    settings = workspace.settings
    return migrated.cases(
        source, [*told.items()], settings.organisation.oid, settings.ledger.node
    )


def say(outcome: "Outcome") -> None:
    """Tell what became of a build."""
    from kirjaamo.archive.building import REASONS

    for fault, count in sorted(outcome.faults.items(), key=lambda one: (-one[1], one[0])):
        sentence = gettext(REASONS[fault.reason])
        told = gettext(HELD).format(count=count, field=fault.field, sentence=sentence)
        click.echo(f"  {told}", err=True)
    told = gettext(TOLD).format(built=outcome.built, held=outcome.held)
    click.echo(told, err=True)


@command(
    help=N_(
        "Explain a metadata field: where it stands, where its value comes from, how sure that is, "
        "what is not known, and which setting fills it."
    )
)
@argument("field")
def explain(field: str) -> None:
    """Print the page of a field."""
    from kirjaamo.archive.fields import pages

    click.echo(pages.page(field))


@command("fields", help=N_("List the metadata fields of archive documents and frames."))
@output_options
def fields_(form: str, output: Path | None) -> None:
    """List the fields."""
    import polars as pl

    from kirjaamo.archive.fields import pages
    from kirjaamo.cli.frames import show

    columns = [name.replace(" ", "_") for name in pages.COLUMNS]
    show(pl.DataFrame([*pages.table()], columns, orient="row"), form, output, title="")
