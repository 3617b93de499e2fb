"""``kirjaamo archive sign`` and ``verify``: seals and signatures of archive documents."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.archive_keys import FILE, grounds, key_of, moment, some_ledger, trust_options
from kirjaamo.cli.base import argument, command, option
from kirjaamo.cli.options import output_options
from kirjaamo.errors import ExitCode, KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.archive.packages.verifying import Verdict
    from kirjaamo.archive.signing import Signer

KINDS = ("system", "professional")

COLUMNS = (N_("file"), N_("found by"), N_("word"), N_("what is wrong"))
"""Columns of what was found."""


class HalfSignerError(KirjaamoError):
    """A professional is told only in part."""

    sentence = N_("Give --registration, --given and --family together, or none of them.")


@command(
    help=N_(
        "Sign the archive documents of a folder into a new one, with a manifest of their hashes. "
        "Frames are copied. Inside a workspace the ledger learns the signed bytes.\n\n"
        "The password of the key is read from the file of --password-file, from the environment "
        "(KIRJAAMO_KEY_PASSWORD), or asked for."
    )
)
@argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path),
        help=N_("New folder for the signed documents."))  # fmt: skip
@option("--key", type=FILE, help=N_("PKCS#12 or PEM file with the key and its certificate."))
@option("--password-file", type=FILE, help=N_("File with the password of the key."))
@option("--kind", type=click.Choice(KINDS), default="system", show_default=True,
        help=N_("A system's seal or a professional's signature."))  # fmt: skip
@option("--registration", help=N_("Registration number of the professional."))
@option("--given", help=N_("First names of the professional."))
@option("--family", help=N_("Last name of the professional."))
@option("--at", metavar="TIME", help=N_("The time of signing; now."))
def sign(  # noqa: PLR0917 - click passes each option by name
    folder: Path,
    output: Path,
    key: Path | None,
    password_file: Path | None,
    kind: str,
    registration: str | None,
    given: str | None,
    family: str | None,
    at: str | None,
) -> None:
    """Sign a folder of documents."""
    from kirjaamo.archive.packages import steps
    from kirjaamo.archive.signing import SignatureKind
    from kirjaamo.workspace import find

    signer = _signer(registration, given, family)
    signs = steps.signing(
        key_of(find(), key, password_file), SignatureKind[kind.upper()], moment(at), signer
    )
    with some_ledger() as ledger:
        count = steps.sign_folder(folder, output, signs, ledger)
    click.echo(gettext("Signed {count} documents.").format(count=count), err=True)


def _signer(registration: str | None, given: str | None, family: str | None) -> "Signer | None":
    from kirjaamo.archive.signing import Signer

    told = (registration, given, family)
    if not any(told):
        return None
    if not (registration and given and family):
        raise HalfSignerError
    return Signer(registration, given, family)


@command(
    help=N_(
        "Verify signatures and hashes of a document, a folder of signed documents or packages. "
        "Ends with 1 when anything is not as it was signed and packed, with 3 when nothing tells "
        "the hash of a whole file.\n\nA signature covers the body of a document; the rest of the "
        "file is covered by the manifest beside it, by a package, or by the ledger."
    )
)
@argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@trust_options
@option("--without-ledger", is_flag=True, help=N_("Do not ask the ledger of the workspace."))
@output_options
@click.pass_context
def verify(  # noqa: PLR0917 - click passes each option by name
    ctx: click.Context,
    paths: tuple[Path, ...],
    ca: tuple[Path, ...],
    between: tuple[Path, ...],
    at: str | None,
    without_ledger: bool,
    form: str,
    output: Path | None,
) -> None:
    """Verify documents and packages."""
    from kirjaamo.archive.packages import verifying
    from kirjaamo.workspace import find

    with some_ledger() as ledger:
        told = grounds(find(), ca, between, at, None if without_ledger else ledger)
    verdicts = [verifying.verify(path, told) for path in paths]
    _show(verdicts, form, output)
    ctx.exit(_exit_code(verdicts))


def _show(verdicts: list["Verdict"], form: str, output: Path | None) -> None:
    import polars as pl

    from kirjaamo.cli.frames import show

    found = [one for verdict in verdicts for one in verdict.found]
    if found or form != "text":
        rows = [(one.file, one.layer, one.reason, str(one)) for one in found]
        columns = [name.replace(" ", "_") for name in COLUMNS]
        show(pl.DataFrame(rows, columns, orient="row"), form, output, title="")
    sentence = gettext("Verified {documents} documents; found {count}.")
    documents = sum(verdict.documents for verdict in verdicts)
    click.echo(sentence.format(documents=documents, count=len(found)), err=True)


def _exit_code(verdicts: list["Verdict"]) -> int:
    words = {one.reason for verdict in verdicts for one in verdict.found}
    if not words:
        return ExitCode.CLEAN
    return ExitCode.PARTIAL if words == {"hashless"} else ExitCode.FINDINGS
