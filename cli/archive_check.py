"""``kirjaamo archive check``: archive documents and frames, before anyone else looks at them."""

from pathlib import Path

import click

from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import output_options
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

ENVIRONMENTS = ("test", "production")

COLUMNS = ("file", "rule", "place", "count")


@command(
    help=N_(
        "Check archive documents and their frames: form, schema, and whether header, frame, view "
        "and body belong together (rules of family MD). A frame is found by the identifier of "
        "its document. Ends with 1 when anything was found.\n\n"
        "The built-in schemas are reconstructed and claim no conformity; --schemas names the "
        "folder of the official ones."
    )
)
@argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@option("--environment", type=click.Choice(ENVIRONMENTS), default="test", show_default=True,
        help=N_("Where the documents go: invented persons belong to a test environment only."))  # fmt: skip
@option("--schemas", type=click.Path(exists=True, file_okay=False, path_type=Path),
        help=N_("Folder of the official schemas."))  # fmt: skip
@output_options
@click.pass_context
def check(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    paths: tuple[Path, ...],
    environment: str,
    schemas: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Check documents and frames."""
    import polars as pl

    from kirjaamo.archive.checking import Means, Schemas, check_files
    from kirjaamo.classifications import Codes
    from kirjaamo.classifications.structures.library import Structures
    from kirjaamo.cli.frames import show
    from kirjaamo.workspace import find

    workspace = find()
    folder = workspace.classifications if workspace else None
    used = Schemas(schemas)
    used.require()
    means = Means(
        "production" if environment == "production" else "test",
        Codes(folder),
        Structures(folder / "structures" if folder else None),
        used,
    )
    documents, rows = 0, []
    for _, faults in check_files(paths, means):
        documents += 1
        rows += [(one.file, one.rule, one.place, one.count) for one in faults]
    if rows or form != "text":
        schema = dict(zip(COLUMNS, (pl.String, pl.String, pl.String, pl.Int64), strict=True))
        show(pl.DataFrame(rows, schema, orient="row"), form, output, title="")
    sentence = gettext("Checked {documents} documents; found {count}.")
    click.echo(sentence.format(documents=documents, count=len(rows)), err=True)
    ctx.exit(ExitCode.FINDINGS if rows else ExitCode.CLEAN)
