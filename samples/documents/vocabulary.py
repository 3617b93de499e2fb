"""The data behind sample documents: who, when and in which words, as typed objects."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Protocol, TypeVar

import msgspec

from kirjaamo.settings import read_yaml


class _Matched(Protocol):
    @property
    def match(self) -> str:
        """Return the pattern that is searched in the path of a field."""


Row = TypeVar("Row", bound=_Matched)


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who stands in a group: ``worker``, ``child``, ``adult``, ``elder`` or ``dead``."""

    match: str
    role: str


class Band(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"first": "from", "last": "to"},
):
    """Days from the document's own day; *past* moves them in documents that look back."""

    match: str
    first: int
    last: int
    past: int | None = None


class Always(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields that documents of a type have although they are optional."""

    type: str
    match: str


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A switch, and the field beside it that is filled when the switch is *when*."""

    switch: str
    when: bool
    field: str


class Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What fields of a kind may say; *kind* narrows it to ``child_protection``."""

    match: str
    say: tuple[str, ...]
    kind: str = ""


class Range(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"least": "from", "most": "to"},
):
    """What numbers of a kind may be; *what* is ``age`` or ``year``."""

    match: str
    least: int = 0
    most: int = 0
    what: str = ""


class Identifiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What identifiers of a kind are: ``oid``, ``business``, ``iban``, or one of *say*."""

    match: str
    what: str = ""
    say: tuple[str, ...] = ()


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that sample documents are made of."""

    roles: tuple[Role, ...]
    clients: tuple[Role, ...]
    days: tuple[Band, ...]
    backward: frozenset[str]
    always: tuple[Always, ...]
    reasons: tuple[Reason, ...]
    texts: tuple[Sentences, ...]
    numbers: tuple[Range, ...]
    identifiers: tuple[Identifiers, ...]


@cache
def read() -> Vocabulary:
    """Return the data of sample documents."""
    return read_yaml(files("kirjaamo.samples") / "data" / "documents.yaml", Vocabulary)


def first(rows: Iterable[Row], text: str) -> Row | None:
    """Return the first row whose pattern is found in *text*.

    >>> first(read().clients, "Lastensuojelun yhteiset asiakasasiakirjat").role
    'child'
    """
    return next((row for row in rows if re.search(row.match, text)), None)


def for_field(rows: Iterable[Row], path: str) -> Row | None:
    """Return the first row that fits a field: by its path or key, then by its group.

    >>> for_field(read().texts, "sijoituspaikka/tavoite").say[0].split()[0]
    'Sovittiin'
    """
    *patterns, fallback = rows
    group, _, key = path.rpartition("/")
    for row in patterns:
        if re.search(row.match, path if "/" in row.match else key):
            return row
    return first([*patterns, fallback], group.rpartition("/")[2])
