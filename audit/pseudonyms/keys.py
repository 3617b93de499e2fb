"""The key of pseudonymisation: 32 bytes, in a file of its own or in the environment.

Three keys are derived from it (HKDF-SHA256, RFC 5869), so that tokens, the vault and the
shifting of days tell nothing about each other.
"""

import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kirjaamo.audit.pseudonyms.errors import KeyFormError, KeyPlaceError, NoKeyError
from kirjaamo.errors import CannotWriteError
from kirjaamo.files import why, write
from kirjaamo.messages import N_, gettext

VARIABLE = "KIRJAAMO_PSEUDONYM_KEY"

_FORM = re.compile(r"[0-9a-fA-F]{64}")
_ENVIRONMENT = N_("the environment")


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The keys derived from one.

    Attributes:
        tokens: Key of the tokens (32 bytes).
        days: Key of the shifting of days (32 bytes).
        vault: Key of the vault (64 bytes, AES-256-SIV).
    """

    tokens: bytes
    days: bytes
    vault: bytes


def derived(key: bytes) -> Keys:
    """Return the keys derived from a key of 32 bytes."""

    def one(purpose: bytes, length: int) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=b"kirjaamo " + purpose).derive(key)

    return Keys(one(b"tokens", 32), one(b"days", 32), one(b"vault", 64))


def read(path: Path | None, apart_from: Iterable[Path] = ()) -> Keys:
    """Return the keys of a file, or of the environment when there is no file.

    Args:
        path: File with the key as 64 hexadecimal digits.
        apart_from: Folders in which the file must not stand.

    Raises:
        NoKeyError: There is neither a file nor a key in the environment.
        KeyFormError: It is no key.
        KeyPlaceError: It stands where it must not stand.
        CannotWriteError: The file cannot be read.
    """
    if path is None:
        found = os.environ.get(VARIABLE, "")
        if not found:
            raise NoKeyError(variable=VARIABLE)
        return derived(_key(found, gettext(_ENVIRONMENT)))
    for folder in apart_from:
        if path.resolve().is_relative_to(folder.resolve()):
            raise KeyPlaceError(path=path, folder=folder)
    try:
        return derived(_key(path.read_text("ascii"), str(path)))
    except UnicodeDecodeError:
        raise KeyFormError(place=path) from None
    except OSError as error:
        raise CannotWriteError(path=path, reason=why(error)) from None


def _key(text: str, place: str) -> bytes:
    if not _FORM.fullmatch(text.strip()):
        raise KeyFormError(place=place)
    return bytes.fromhex(text.strip())


def make(path: Path) -> None:
    """Write a new key, readable by its owner only; an existing file stays as it is.

    Raises:
        CannotWriteError: The file is there already, or cannot be written.
    """
    if path.exists():
        raise CannotWriteError(path=path, reason=why(FileExistsError(17, "")))
    write(path, secrets.token_hex(32).encode() + b"\n")
