"""What a document structure is: facts, not prose.

Fields stand in the order of the national definition, a group before what is inside it.
A path names a field from the root key down, with ``/`` between keys; repetition leaves no
mark in it.  A date says from which day a version applies; ``valid_to`` is the first day on
which it no longer does.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kirjaamo.messages import N_, language

if TYPE_CHECKING:
    from kirjaamo.classifications.structures.conditions import FieldCondition


class Kind(StrEnum):
    """How a field is recorded (the national *representation*)."""

    GROUP = "group"
    HEADING = "heading"
    TEXT = "text"
    NAME = "name"
    SIGNATURE = "signature"
    PHRASE = "phrase"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    NUMBER = "number"
    COUNT = "count"
    AMOUNT = "amount"
    MEASURE = "measure"
    PERCENT = "percent"
    IDENTIFIER = "identifier"
    CODE = "code"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.GROUP: N_("group"),
    Kind.HEADING: N_("heading"),
    Kind.TEXT: N_("text"),
    Kind.NAME: N_("name"),
    Kind.SIGNATURE: N_("signature"),
    Kind.PHRASE: N_("fixed text"),
    Kind.DATE: N_("date"),
    Kind.DATETIME: N_("date and time"),
    Kind.BOOLEAN: N_("yes or no"),
    Kind.NUMBER: N_("number"),
    Kind.COUNT: N_("count"),
    Kind.AMOUNT: N_("amount"),
    Kind.MEASURE: N_("measure"),
    Kind.PERCENT: N_("per cent"),
    Kind.IDENTIFIER: N_("identifier"),
    Kind.CODE: N_("code"),
}
"""What a person calls each kind; keys of the catalogue."""


class SystemCheck(StrEnum):
    """What the base validation asks of the ``system`` of a code."""

    PATTERN = "pattern"
    """``urn:oid:`` and the OID of the code system, with or without a version."""
    EXACT = "exact"
    """The name of the document's own classification, letter for letter."""
    FREE = "free"
    """Any text."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in Finnish and, where the national definition has it, in Swedish."""

    fi: str
    sv: str | None = None

    def __str__(self) -> str:
        """Return the name in the language in use; Finnish when there is no other."""
        return self.sv if language() == "sv" and self.sv else self.fi


@dataclass(frozen=True, slots=True)
class Code:
    """A code that a structure names, with its name where that is known."""

    code: str
    fi: str | None = None
    sv: str | None = None

    def __str__(self) -> str:
        """Return the code and its name in the language in use."""
        name = (self.sv if language() == "sv" else None) or self.fi
        return f"{self.code} {name}" if name else self.code


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a structure.

    Attributes:
        path: Keys from the root key down, joined with ``/``.
        name: What the field is called.
        kind: How it is recorded.
        minimum: Least number of occurrences, 0 or 1.
        maximum: Greatest number of occurrences; None when there is no limit.
        system: OID of the code system, name of the document's own classification, or the
            ``urn:oid:`` of the identifiers.
        system_check: What the base validation asks of the system of a code.
        codes: The codes that the structure names.
        open: True when the base validation accepts other codes too.
        fixed: The one value that a fixed text may have, when it is short.
        fingerprint: ``sha256-`` and the digest of a fixed text that is longer.
        conditional: True when it is mandatory under a condition.
        national: True when it is recorded alike in the whole country.
        hidden: True when the national view does not show it.
        untitled: True when the national view shows it without its name.
        title: What the national view calls it, when that differs from the name.
        when: The conditions, as formal expressions, where they are known.
    """

    path: str
    name: Name
    kind: Kind
    minimum: int = 0
    maximum: int | None = 1
    system: str | None = None
    system_check: SystemCheck = SystemCheck.FREE
    codes: tuple[Code, ...] = ()
    open: bool = False
    fixed: str | None = None
    fingerprint: str | None = None
    conditional: bool = False
    national: bool = False
    hidden: bool = False
    untitled: bool = False
    title: Name | None = None
    when: tuple["FieldCondition", ...] = ()

    @property
    def key(self) -> str:
        """Return the last key of the path: the name of the property in a document."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """Return the path of the group around the field."""
        return self.path.rpartition("/")[0]

    @property
    def depth(self) -> int:
        """Return how many groups stand around the field, the root key being one."""
        return self.path.count("/")

    @property
    def occurs(self) -> str:
        """Return the cardinality.

        >>> Field("a/b", Name("B"), Kind.TEXT, 1, None).occurs
        '1..*'
        """
        return f"{self.minimum}..{'*' if self.maximum is None else self.maximum}"

    @property
    def is_group(self) -> bool:
        """Return whether other fields may stand inside it."""
        return self.kind in {Kind.GROUP, Kind.HEADING}


@dataclass(frozen=True, slots=True)
class Structure:
    """One version of a document structure.

    Attributes:
        oid: Identifier of the version; ends with its date.
        name: What the document is called.
        type: Kind of document (Päätös, Suunnitelma ...), as the national definition has it.
        subject: The service whose documents it belongs to, or "" when not stated.
        author: Who makes the document, or "" when not stated.
        status: ``current`` or ``obsolete`` when the national snapshot was taken.
        valid_from: First day of the version.
        valid_to: First day of the next version; None when none is known.
        components: Version of the national component library.
        flagged: False for the oldest versions, which do not tell conditional fields.
        root: The one key of the document.
        fields: Every field below the root, in order.
    """

    oid: str
    name: Name
    type: str
    subject: str
    author: str
    status: str
    valid_from: dt.date
    components: str
    root: str
    fields: tuple[Field, ...]
    flagged: bool = True
    valid_to: dt.date | None = None
    _by_path: dict[str, Field] = dataclasses.field(init=False, repr=False, compare=False)
    _inside: dict[str, tuple[Field, ...]] = dataclasses.field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Keep the fields by their path and by the group around them."""
        inside: dict[str, list[Field]] = {}
        for found in self.fields:
            inside.setdefault(found.parent, []).append(found)
        groups = {path: tuple(fields) for path, fields in inside.items()}
        object.__setattr__(self, "_by_path", {found.path: found for found in self.fields})
        object.__setattr__(self, "_inside", groups)

    @property
    def code(self) -> str:
        """Return the code of the document type, the version taken away from the OID."""
        return self.oid.split(".")[-4]

    def field(self, path: str) -> Field | None:
        """Return the field at *path*, if there is one."""
        return self._by_path.get(path)

    def inside(self, path: str) -> tuple[Field, ...]:
        """Return the fields directly inside the group at *path*."""
        return self._inside.get(path, ())
