"""Tokens and what they stand for, kept encrypted.

A token is a word for the kind and sixteen characters of a keyed hash: ``NAME-K7Q2…``.  The
first twelve say who or what it is, the last four in which form it was written, so that a name
can be followed through its cases and capitals while each form can still be given back.
"""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from kirjaamo.audit.pseudonyms.errors import WrongKeyError
from kirjaamo.audit.pseudonyms.keys import Keys
from kirjaamo.errors import CannotWriteError
from kirjaamo.files import why, write


class Kind(StrEnum):
    """What a token stands for."""

    CLIENT = "CLIENT"
    WORKER = "WORKER"
    RECORD = "RECORD"
    IDENTITY_CODE = "IDCODE"
    NUMBER = "NUMBER"
    NAME = "NAME"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ACCOUNT = "ACCOUNT"
    DATE = "DATE"


TOKEN = re.compile(rf"(?:{'|'.join(Kind)})-[A-Z2-7]{{16}}")
"""How every token looks; its length is always the same, whatever stands beside it."""

_WHO, _FORM = 12, 4
_NONCE = b"kirjaamo vault"


class Contents(msgspec.Struct, frozen=True):
    """What a vault holds.

    Attributes:
        tokens: Token to what it stands for.
        cells: File to {``row:column`` of a day: its text} where shifting back would write the
            day in another way than it stood.
        days: Days by which days were moved at most; 0 when they were not.
    """

    tokens: dict[str, str]
    cells: dict[str, dict[str, str]]
    days: int


@dataclass(slots=True)
class Tokens:
    """Makes tokens and remembers what they stand for."""

    key: bytes
    known: dict[str, str] = field(default_factory=dict)

    def token(self, kind: Kind, text: str, who: str = "") -> str:
        """Return the token of a text.

        Args:
            kind: What it is.
            text: The text as it stands.
            who: The text that all its forms share; the text itself unless given.
        """
        whole = (who or text).encode()
        form = 0
        while True:
            name = _code(self.key, b"who", kind.encode(), whole)[:_WHO]
            variant = _code(self.key, b"form", kind.encode(), text.encode(), bytes(form))[
                :_FORM
            ]
            found = f"{kind}-{name}{variant}"
            if self.known.setdefault(found, text) == text:
                return found
            form += 1  # another form of the same name has these four characters

    def restore(self, text: str) -> str:
        """Return a text with every known token as what it stands for."""
        return TOKEN.sub(lambda found: self.known.get(found[0], found[0]), text)


def _code(key: bytes, *parts: bytes) -> str:
    """Return 16 characters of a keyed hash; the parts are told apart by their lengths."""
    message = b"".join(len(part).to_bytes(8) + part for part in parts)
    return base64.b32encode(hmac.digest(key, message, "sha256")[:10]).decode()


def save(path: Path, keys: Keys, contents: Contents) -> None:
    """Write a vault; the same contents and key give the same bytes."""
    ordered = msgspec.json.encode(contents, order="deterministic")
    write(path, AESSIV(keys.vault).encrypt(ordered, [_NONCE]))


def load(path: Path, keys: Keys) -> Contents:
    """Return what a vault holds.

    Raises:
        WrongKeyError: The key is another, or the file was changed.
        CannotWriteError: The file cannot be read.
    """
    try:
        sealed = path.read_bytes()
    except OSError as error:
        raise CannotWriteError(path=path, reason=why(error)) from None
    try:
        opened = AESSIV(keys.vault).decrypt(sealed, [_NONCE])
        return msgspec.json.decode(opened, type=Contents)
    except (InvalidTag, ValueError):
        raise WrongKeyError(path=path) from None


def tokens_of(contents: Contents, keys: Keys) -> Tokens:
    """Return the tokens of a vault."""
    known: Mapping[str, str] = contents.tokens
    return Tokens(keys.tokens, dict(known))
