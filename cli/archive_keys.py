"""What the commands about signatures share: time, key and password, whom to believe."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import option
from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.archive.packages.verifying import Grounds
    from kirjaamo.archive.signing import Key
    from kirjaamo.ledger import Ledger
    from kirjaamo.workspace import Workspace

FILE = click.Path(dir_okay=False, path_type=Path)
PASSWORD = "KIRJAAMO_KEY_PASSWORD"  # noqa: S105 - the name of a variable
"""Environment variable with the password of the key."""


class NoTrustError(KirjaamoError):
    """No trusted certificate was given."""

    sentence = N_(
        "Signatures can be verified only against trusted certificates: give them with --ca, or "
        "name them in kirjaamo.toml under [hand_over] as trusted."
    )


class NoKeyFileError(KirjaamoError):
    """No key was given."""

    sentence = N_("Give the key that signs with --key, or name it in kirjaamo.toml as key.")


class MomentError(KirjaamoError):
    """A time cannot be read."""

    sentence = N_("“{text}” is no time with its zone, such as 2026-03-05T09:20:00+02:00.")


def moment(text: str | None) -> dt.datetime:
    """Return a time of the command line, or the present one.

    Raises:
        MomentError: It is none, or has no zone.
    """
    if text is None:
        return dt.datetime.now(dt.UTC)
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise MomentError(text=text) from None
    if found.tzinfo is None:
        raise MomentError(text=text)
    return found


@contextmanager
def own_ledger(workspace: "Workspace") -> Iterator["Ledger"]:
    """Give the ledger of a workspace."""
    import getpass

    from kirjaamo.ledger import of_workspace

    with of_workspace(workspace, lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        yield ledger


@contextmanager
def some_ledger() -> Iterator["Ledger | None"]:
    """Give the ledger of the workspace, or None outside one."""
    from kirjaamo.workspace import find

    workspace = find()
    if workspace is None:
        yield None
        return
    with own_ledger(workspace) as ledger:
        yield ledger


def trust_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--ca``, ``--between`` and ``--at``."""
    for added in (
        option("--at", metavar="TIME", help=N_("The time that counts as now.")),
        option("--between", type=FILE, multiple=True,
               help=N_("Certificates between a trusted one and a signer's.")),
        option("--ca", type=FILE, multiple=True, help=N_("Trusted certificates, PEM or DER.")),
    ):  # fmt: skip
        command = added(command)
    return command


def grounds(
    workspace: "Workspace | None",
    ca: tuple[Path, ...],
    between: tuple[Path, ...],
    at: str | None,
    ledger: "Ledger | None" = None,
) -> "Grounds":
    """Return what is verified against: options first, then the settings of the workspace.

    Raises:
        NoTrustError: There is no trusted certificate.
    """
    from kirjaamo.archive.packages import records
    from kirjaamo.archive.packages.verifying import Grounds
    from kirjaamo.archive.signing import Trust, read_certificates

    if workspace is not None:
        settings = workspace.settings.hand_over
        ca = ca or tuple(workspace.folder / name for name in settings.trusted)
        between = between or tuple(workspace.folder / name for name in settings.between)
    if not ca:
        raise NoTrustError
    trust = Trust(read_certificates(ca), read_certificates(between))
    known = (records.known(ledger) or None) if ledger is not None else None
    return Grounds(trust, moment(at), known)


def key_of(workspace: "Workspace | None", path: Path | None, password: Path | None) -> "Key":
    """Return the key that signs; its password comes from a file, the environment or a prompt.

    Raises:
        NoKeyFileError: No key is named.
        WrongPasswordError: The password is wrong, or missing where nobody can be asked.
        NoKeyError: The file holds no usable key.
    """
    from kirjaamo.archive.signing import read_key
    from kirjaamo.archive.signing.errors import WrongPasswordError

    if path is None and workspace is not None and workspace.settings.hand_over.key:
        path = workspace.folder / workspace.settings.hand_over.key
    if path is None:
        raise NoKeyFileError
    given = _password(password)
    try:
        return read_key(path, given)
    except WrongPasswordError:
        if given is not None or not _is_asked():
            raise
    asked = click.prompt(gettext("Password of the key"), hide_input=True, err=True)
    return read_key(path, asked.encode())


def _password(path: Path | None) -> bytes | None:
    """Return the password in a file or in the environment, if there is one."""
    from kirjaamo.errors import SettingsError
    from kirjaamo.files import why

    if path is None:
        given = os.environ.get(PASSWORD)
        return given.encode() if given else None
    try:
        return path.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None


def _is_asked() -> bool:
    """Return whether somebody can be asked for a password."""
    return sys.stdin.isatty()
