"""What a record map is: a target path of a national structure and where its value comes from.

A map is data.  Its words are a closed set: a source is one of `KINDS`, a computation one of
`computing.COMPUTATIONS`, a condition one of the words of `When`; nothing in it is code.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from kirjaamo.messages import N_, gettext
from kirjaamo.records import Label

Case = Mapping[str, Any]
"""One old record and what belongs to it: name of a table to its canonical fields."""

Of = Literal["decision", "relationship", "matter", "entry"]
"""The table whose rows a map turns into documents."""

KINDS = ("field", "constant", "setting", "template", "computed", "first")
"""What a value may come from; a source says exactly one of them, a group none."""


TWO_KINDS = N_("a source says both “{first}” and “{second}”")
NESTED = N_("what stands below “first” must be a source of its own")


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition: true when every word of it is.

    Attributes:
        filled: Fields that have a value.
        empty: Fields that have none.
        equal: Field to the values of which it has one.
        minor: A day of birth and the day on which that person is under 18.
    """

    filled: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    equal: dict[str, tuple[str, ...]] = {}
    minor: tuple[str, str] | None = None


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the value of a target comes from; a group has only what is about groups.

    Attributes:
        field: A field of the old record, as ``table.field``.
        mapping: Code list on which a crosswalk of *field* must land.
        display: Field with the name of the code, where the code list does not know it.
        constant: The value itself.
        setting: A setting of the workspace below ``[migration]``, as ``group.name``.
        template: Lines with ``{table.field}``; a line whose fields are not all filled is left out.
        between: What stands between the lines of a template.
        computed: Name of a computation.
        of: What the computation is given.
        first: Sources of which the first that gives a value is taken.
        when: When the target is filled at all.
        required: True where the map demands what the structure leaves optional.
        note: What a person must know of this target.
        each: List of the case whose items the group repeats, named by the table it stands for.
        either: Keys of a group of which one must be filled.
    """

    field: str = ""
    mapping: str = ""
    display: str = ""
    constant: str | bool | int | None = None
    setting: str = ""
    template: tuple[str, ...] = ()
    between: str = "\n"
    computed: str = ""
    of: tuple[str, ...] = ()
    first: tuple["Source | str", ...] = ()
    when: When | None = None
    required: bool = False
    note: Label | None = None
    each: dict[str, str] = {}
    either: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a source that says two things, or whose alternatives have alternatives."""
        said = [kind for kind in KINDS if self._says(kind)]
        if len(said) > 1:
            raise ValueError(gettext(TWO_KINDS).format(first=said[0], second=said[1]))
        if any(plain(one).kind in {"", "first"} for one in self.first):
            raise ValueError(gettext(NESTED))

    def _says(self, kind: str) -> bool:
        value = getattr(self, kind)
        return value is not None and value not in ("", ())

    @property
    def kind(self) -> str:
        """Return which of `KINDS` it is, or "" for a group.

        >>> Source(field="decision.decided").kind
        'field'
        """
        return next(filter(self._says, KINDS), "")

    @property
    def alternatives(self) -> tuple["Source", ...]:
        """Return the sources that it tries in turn; itself when it is only one."""
        return tuple(map(plain, self.first)) or (self,)


def plain(said: Source | str) -> Source:
    """Return a source; a bare word is a field.

    >>> plain("decision.decided").field
    'decision.decided'
    """
    return Source(field=said) if isinstance(said, str) else said


class Applies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which records a map is for, besides those whose document type is known.

    Attributes:
        service_task: Finnish name of a service task whose records are of this structure when
            nothing more exact is known of them.
        always: True when it is for every record of its table.
    """

    service_task: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True)
class RecordMap:
    """A record map, its parts laid in.

    Attributes:
        name: Name of its file: the document type, such as ``11000``.
        structure: OID of the structure version.
        of: The table whose rows it turns into documents.
        about: What it is for, in a sentence.
        applies: Which records it is for.
        targets: Path from the root key down to its source, groups with conditions too.
        lacks: Path that some or all old records have no source for, and why.
        left_out: Field of the old record that no target takes, and why.
    """

    name: str
    structure: str
    of: Of
    about: Label
    applies: Applies
    targets: Mapping[str, Source] = field(hash=False)
    lacks: Mapping[str, Label] = field(hash=False)
    left_out: Mapping[str, Label] = field(hash=False)

    @property
    def edition(self) -> str:
        """Return the sha256 of what the map says, parts included; its name does not count."""
        said = (
            self.structure, self.of, self.applies,
            dict(self.targets), dict(self.lacks), dict(self.left_out),
        )  # fmt: skip
        return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()

    def leaves(self) -> Iterator[tuple[str, Source]]:
        """Yield the targets that get a value."""
        yield from ((path, source) for path, source in self.targets.items() if source.kind)

    def fields(self) -> frozenset[str]:
        """Return every field of the old record that the map uses."""
        return fields(self.targets.values())


def fields(sources: Iterable[Source]) -> frozenset[str]:
    """Return every field that some sources read."""
    return frozenset(name for source in sources for name in fields_of(source))


def fields_of(source: Source) -> Iterator[str]:
    """Yield the fields that a source and its conditions read, as ``table.field``.

    >>> list(fields_of(Source(template=("{decision.text}!",))))
    ['decision.text']
    """
    for one in source.alternatives:
        yield from (name for name in (one.field, one.display) if name)
        yield from (name for name in one.of if "." in name)
        for line in one.template:
            yield from names_in(line)
    for condition in filter(None, (source.when, *(one.when for one in source.alternatives))):
        yield from (*condition.filled, *condition.empty, *condition.equal)
        yield from condition.minor or ()


def names_in(line: str) -> Iterator[str]:
    """Yield the fields that a line of a template names.

    >>> list(names_in("{a.b} - {c.d}"))
    ['a.b', 'c.d']
    """
    for piece in line.split("{")[1:]:
        yield piece.partition("}")[0]
