"""``kirjaamo archive sample``, ``accept``, ``record`` and ``annex``: testing and hand-over."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.archive_keys import FILE, grounds, own_ledger, some_ledger, trust_options
from kirjaamo.cli.base import argument, command, option
from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.ledger import Ledger

STEPS = ("tested", "transferred", "accepted", "refused")

package_argument = argument(
    "package", type=click.Path(exists=True, path_type=Path), metavar="PACKAGE"
)
size_option = option("--size", type=click.IntRange(1), default=5, show_default=True,
                     help=N_("Documents of each structure and service task."))  # fmt: skip


class PageFormError(KirjaamoError):
    """The name of a result has an ending of no known form."""

    sentence = N_("The name {path} must end with {endings}.")


@command(
    help=N_(
        "Write the protocol of a sample of a package (.xlsx or .html), field by field, to "
        "compare, mark and sign. With --against the values of the source stand beside.\n\nThe "
        "protocol holds values of documents; inside a workspace the use is written to the audit "
        "trail."
    )
)
@package_argument
@option("-o", "--output", required=True, type=FILE, help=N_("File of the protocol."))
@option("--against", type=click.Path(exists=True, path_type=Path),
        help=N_("Source documents: a folder, JSON, JSON lines or zip."))  # fmt: skip
@size_option
@option("--seed", type=int, default=1, show_default=True, help=N_("Where chance begins."))
@trust_options
def sample(  # noqa: PLR0917 - click passes each option by name
    package: Path,
    output: Path,
    against: Path | None,
    size: int,
    seed: int,
    ca: tuple[Path, ...],
    between: tuple[Path, ...],
    at: str | None,
) -> None:
    """Write the protocol of a sample."""
    from kirjaamo import protocol
    from kirjaamo.archive.packages import opening, sampling, steps, verifying
    from kirjaamo.files import replacing
    from kirjaamo.workspace import find

    protocol.check_ending(output)
    verdict = verifying.verify(package, grounds(find(), ca, between, at))
    steps.refuse(verdict, package)
    chosen = sampling.drawn(verdict.entries, size, seed)
    names = frozenset(one.document_id for one in chosen)
    source = sampling.sources(against, names) if against else None
    told = sampling.facts(package.name, verdict.hash, seed, size, len(chosen))
    with opening.opened(package) as bag, replacing(output) as stream:
        rows = sampling.compared(bag, chosen, source)
        protocol.write(output, sampling.protocol(rows, told), stream)
    with some_ledger() as ledger:
        if ledger is not None:
            ledger.remember("sample revealed", package=package.name, documents=len(chosen))
    click.echo(gettext("Wrote {path}").format(path=output), err=True)


@command(
    help=N_(
        "Let a package take a step: tested, transferred, accepted, or refused. It is verified "
        "once more, and no step is left out: a package is tested before it is transferred. A "
        "refused package lets its documents go."
    )
)
@package_argument
@option("--step", required=True, type=click.Choice(STEPS), help=N_("What the package becomes."))
@option("--statement", required=True, help=N_("What is stated, and on what ground."))
@option("--protocol", type=FILE, help=N_("The filled protocol of the sample (.xlsx)."))
@option("--evidence", type=FILE, help=N_("A file that proves the step; its hash is kept."))
@option("-o", "--output", type=FILE, help=N_("Write the acceptance record (.json or .html)."))
@trust_options
def accept(  # noqa: PLR0917 - click passes each option by name
    package: Path,
    step: str,
    statement: str,
    protocol: Path | None,
    evidence: Path | None,
    output: Path | None,
    ca: tuple[Path, ...],
    between: tuple[Path, ...],
    at: str | None,
) -> None:
    """Let a package take a step."""
    from kirjaamo.archive.packages import steps
    from kirjaamo.archive.packages.records import NAMES, State
    from kirjaamo.workspace import needed

    workspace = needed()
    _check_ending(output, (".json", ".html"))
    proof = steps.Evidence(package, statement, protocol or evidence)
    with own_ledger(workspace) as ledger:
        told = grounds(workspace, ca, between, at, ledger)
        name = steps.go_on(ledger, State(step), proof, told)
        _write_record(ledger, name, output)
    state = gettext(NAMES[State(step)])
    click.echo(gettext("{name} is {state}.").format(name=name, state=state))


@command(help=N_("Write the acceptance record of a package (.json or .html)."))
@argument("name")
@option("-o", "--output", required=True, type=FILE, help=N_("File of the record."))
def record(name: str, output: Path) -> None:
    """Write the record of a package."""
    from kirjaamo.workspace import needed

    _check_ending(output, (".json", ".html"))
    with own_ledger(needed()) as ledger:
        _write_record(ledger, name, output)


def _write_record(ledger: "Ledger", name: str, output: Path | None) -> None:
    from kirjaamo.archive.packages import accepting
    from kirjaamo.files import write

    if output is None:
        return
    told = accepting.record(ledger, name)
    made = accepting.as_json if output.suffix.lower() == ".json" else accepting.as_page
    write(output, made(told))
    click.echo(gettext("Wrote {path}").format(path=output), err=True)


@command(
    help=N_(
        "Write the annex to a call for tenders in Finnish (.md or .html): requirements of "
        "archive packages, each with its criterion of acceptance and its proof."
    )
)
@option("-o", "--output", required=True, type=FILE, help=N_("File of the annex."))
@size_option
@option("--days", type=click.IntRange(1), default=30, show_default=True,
        help=N_("Days for accepting or refusing a package."))  # fmt: skip
def annex(output: Path, size: int, days: int) -> None:
    """Write the annex."""
    from kirjaamo.archive.packages import accepting
    from kirjaamo.files import write
    from kirjaamo.hand_over_settings import HandOver
    from kirjaamo.workspace import find

    _check_ending(output, (".md", ".html"))
    workspace = find()
    settings = workspace.settings.hand_over if workspace else HandOver()
    numbers = accepting.Thresholds(settings.documents, settings.megabytes, size, days)
    found = accepting.annex(numbers)
    is_page = output.suffix.lower() == ".html"
    write(output, accepting.annex_page(found) if is_page else accepting.annex_text(found))
    click.echo(gettext("Wrote {path}").format(path=output), err=True)


def _check_ending(path: Path | None, endings: tuple[str, ...]) -> None:
    if path is not None and path.suffix.lower() not in endings:
        raise PageFormError(path=path, endings=", ".join(endings))
