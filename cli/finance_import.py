"""``kirjaamo finance import``: ledgers as one table of postings, and how much there is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import command, option
from kirjaamo.cli.finance_ground import Ground, ledger_options
from kirjaamo.cli.options import format_option
from kirjaamo.errors import ExitCode
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.finance.postings import Postings

FORMS = (".csv", ".parquet")

HEADINGS = (
    N_("system"), N_("period"), N_("postings"), N_("debit"), N_("credit"), N_("balance"),
    N_("rounded"), N_("unreadable"),
)  # fmt: skip
"""The columns of the summary."""


@command(
    "import",
    help=N_(
        "Read ledgers as postings: sums of every system and period, to the cent.\n\n"
        "PATH is a file, a folder or a database URL; without it the sources of the workspace are "
        "read. The source profile says how amounts and periods are written. With --output the "
        "postings are written as one table.\n\n"
        "Ends with 1 when an amount or a period cannot be read."
    ),
)
@ledger_options
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File for the postings, .csv or .parquet."))  # fmt: skip
@format_option
@click.pass_context
def import_(
    ctx: click.Context,
    paths: tuple[str, ...],
    profile: str | None,
    output: Path | None,
    form: str,
) -> None:
    """Read ledgers and tell how much there is."""
    from kirjaamo.cli.frames import show
    from kirjaamo.finance.postings.summary import summary, table

    if output and output.suffix.lower() not in FORMS:
        raise click.UsageError(
            gettext("{path} is neither .csv nor .parquet.").format(path=output)
        )
    postings = Ground(paths, profile).postings
    if output:
        _write(table(postings), output)
    told = summary(postings)
    show(told, form, None, title=gettext("Postings by system and period"))
    _tell(postings, told.row(-1, named=True))
    ctx.exit(ExitCode.FINDINGS if told["unreadable"][-1] else ExitCode.CLEAN)


def _write(frame: "pl.DataFrame", output: Path) -> None:
    """Write the postings; in CSV no text can be run as a formula, and amounts stay numbers."""
    import polars as pl

    from kirjaamo.files import replacing
    from kirjaamo.tabular import harmless

    with replacing(output) as stream:
        if output.suffix.lower() == ".csv":
            texts = [
                name for name in frame.select(pl.col(pl.String)).columns if name != "amount"
            ]
            safe = frame.with_columns(harmless(pl.col(texts)))
            safe.write_csv(stream, separator=";", include_bom=True)
        else:
            frame.write_parquet(stream)
    click.echo(gettext("Wrote {path}").format(path=output), err=True)


def _tell(postings: "Postings", whole: dict[str, int]) -> None:
    """Say what was rounded, left unread, or is no posting."""
    told = (
        (whole["rounded"], N_("Rounded to cents, half away from zero: {count} amounts.")),
        (whole["unreadable"], N_("Not readable: {count} postings; “kirjaamo finance check” names them.")),
        (postings.subtotals.height, N_("Sub-totals, which are no postings: {count}.")),
    )  # fmt: skip
    for count, sentence in told:
        if count:
            click.echo(gettext(sentence).format(count=count), err=True)
