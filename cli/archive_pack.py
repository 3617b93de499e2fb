"""``kirjaamo archive pack``, ``unpack`` and ``packages``: BagIt bags and their states."""

import datetime as dt
from pathlib import Path

import click

from kirjaamo.cli.archive_keys import grounds, moment, own_ledger, trust_options
from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import DAY, output_options
from kirjaamo.messages import N_, gettext

COLUMNS = (N_("number"), N_("name"), N_("status"), N_("documents"), N_("bytes"), "sha256")
"""Columns of the list of packages."""


@command(
    help=N_(
        "Pack signed documents into BagIt bags of bounded size, with an index and statistics "
        "without personal data. Every signature is verified first, and only documents that the "
        "ledger knows as complete are packed."
    )
)
@argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path),
        help=N_("Folder for the packages."))  # fmt: skip
@option("--documents", type=click.IntRange(1), help=N_("Most documents of a package."))
@option("--megabytes", type=click.IntRange(1), help=N_("Most megabytes of a package."))
@option("--day", type=DAY, metavar="DATE", help=N_("Day of the packages; today."))
@option("--zip", "is_zip", is_flag=True, help=N_("Make one zip file of each package."))
@trust_options
def pack(  # noqa: PLR0917 - click passes each option by name
    folder: Path,
    output: Path,
    documents: int | None,
    megabytes: int | None,
    day: dt.datetime | None,
    is_zip: bool,
    ca: tuple[Path, ...],
    between: tuple[Path, ...],
    at: str | None,
) -> None:
    """Pack a folder."""
    from kirjaamo.archive.packages import steps
    from kirjaamo.archive.packages.bagging import Limits
    from kirjaamo.workspace import needed

    workspace = needed()
    settings = workspace.settings.hand_over
    size = (megabytes or settings.megabytes) << 20
    limits = Limits(documents or settings.documents, size)
    facts = {"Source-Organization": workspace.settings.organisation.name or "-"}
    how = steps.Packing(limits, settings.prefix, facts, (day or moment(at)).date(), is_zip)
    with own_ledger(workspace) as ledger:
        told = grounds(workspace, ca, between, at, ledger)
        for bag in steps.pack(folder, output, how, ledger, told):
            count = sum(one.kind == "document" for one in bag.entries)
            sentence = gettext("Packed {path}: {count} documents, hash {hash}.")
            click.echo(sentence.format(path=bag.path, count=count, hash=bag.hash))


@command(
    help=N_(
        "Verify packages and write their documents to a new folder, byte by byte. PACKAGE is the "
        "folder or zip file of a bag."
    )
)
@argument("packages", nargs=-1, required=True, metavar="PACKAGE...",
          type=click.Path(exists=True, path_type=Path))  # fmt: skip
@option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path),
        help=N_("New folder for the documents."))  # fmt: skip
@trust_options
def unpack(
    packages: tuple[Path, ...],
    output: Path,
    ca: tuple[Path, ...],
    between: tuple[Path, ...],
    at: str | None,
) -> None:
    """Unpack packages."""
    from kirjaamo.archive.packages import steps
    from kirjaamo.workspace import find

    count = steps.unpack(packages, output, grounds(find(), ca, between, at))
    sentence = gettext("Wrote {count} files to {path}.").format(count=count, path=output)
    click.echo(sentence, err=True)


@command("packages", help=N_("List the packages of the workspace and how far each has come."))
@output_options
def packages_(form: str, output: Path | None) -> None:
    """List the packages."""
    from kirjaamo.archive.packages import records
    from kirjaamo.cli.frames import show
    from kirjaamo.workspace import needed

    with own_ledger(needed()) as ledger:
        frame, counts = records.packages(ledger), records.counts(ledger)
    show(frame.rename({"state": "status"}), form, output, title="")
    for state, count in counts.items():
        name = gettext(records.NAMES[records.State(state)])
        sentence = gettext("Documents {state}: {count}").format(state=name, count=count)
        click.echo(sentence, err=True)
