"""What a rule is, and how a module becomes one.

A rule is one module with one function, ``check``, under one of three decorators.  The
decorator's arguments are the facts about the rule; the module's docstring is its page in
the rule reference: a title line, then *What it checks. Why it matters. Example.*

======== ============================================== ===================================
kind     ``check`` gets                                 ``check`` gives
======== ============================================== ===================================
column   columns of one table, as expressions           true where the row breaks the rule
table    tables, as lazy frames                         the ``_source``, ``_row`` that break it
document a document structure                           what its documents must be: `Demand`,
                                                        `Refusals` and tests
======== ============================================== ===================================

A document rule is compiled once for each structure.  Demands are JSON Schema, tested in bulk;
a test is a function of one `kirjaamo.documents.model.Document` that yields a `Hit` for every
place that breaks the rule.  A rule that has nothing to say of a structure yields nothing.

Positional parameters of a column rule name fields of its table: ``value`` is the field of
the place, any other name is the field of that name (or the one the place binds to it), and
``<name>_raw`` is the text that stood in the source.  Keyword-only parameters are given by
name: ``as_of`` (the day of the check), ``codes`` (the code lists), ``field`` (what the record
model says of the field), and the rule's own settings.
"""

import dataclasses
import datetime as dt
import importlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kirjaamo import records
from kirjaamo.findings import Cause, Severity

FAMILIES = frozenset({"AR", "CL", "DQ", "FN", "ID", "LC", "LW", "MD", "MG", "RQ", "ST"})
"""The letters with which codes of rules begin."""

Check = Callable[..., Any]


class Kind(StrEnum):
    """What a rule looks at."""

    COLUMN = "column"
    TABLE = "table"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule applies: a field of a table, and what the parameters mean there.

    >>> Place("matter.closed", start="opened").bound
    {'start': 'opened'}
    """

    table: str
    field: str
    bound: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)

    def __init__(self, place: str, **bound: str) -> None:
        table, _, name = place.partition(".")
        object.__setattr__(self, "table", table)
        object.__setattr__(self, "field", name)
        object.__setattr__(self, "bound", bound)


def each(
    wanted: Callable[[records.Field], bool], tables: Mapping[str, records.Table] | None = None
) -> tuple[Place, ...]:
    """Return a place for every field of the record model that *wanted* accepts.

    >>> each(lambda f: f.type == "business_id")
    (Place(table='unit', field='business_id', bound={}),)
    """
    model = tables or records.tables()
    return tuple(
        Place(f"{table.name}.{found.name}")
        for table in model.values()
        for found in table.fields.values()
        if wanted(found)
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """A threshold of a rule that a workspace may change."""

    name: str
    default: int | float | str | bool
    about: str
    source: str


class CannotRun(Exception):  # noqa: N818 - not an error: the rule is reported as *not run*
    """Raised by a check that lacks what it needs; holds the reason, a catalogue sentence."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason, facts)
        self.reason, self.facts = reason, facts


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a document that breaks a rule, with parameters that hold no value."""

    path: str
    parameters: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a document must be, as JSON Schema (Draft 7) over the whole document.

    Attributes:
        schema: The schema.
        path: The field it is about, keys joined with ``/``; "" takes the place of the failure.
        parameters: Parameters of the finding, without values.
        locate: Finds the places where the schema refused a document; otherwise the place of
            the failure, or *path*, is taken.
        formats: Checks of texts that no pattern can make: name of the ``format`` to function.
    """

    schema: Mapping[str, Any]
    path: str = ""
    parameters: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    locate: Callable[[Any], Iterator[Hit]] | None = None
    formats: Mapping[str, Callable[[str], bool]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayTest:
    """A test that only a document of certain days can fail.

    Attributes:
        wrong: Tells of the document's own day and the day of the check whether it can fail.
        test: The test of a document of such a day.
    """

    wrong: Callable[[dt.date, dt.date], bool]
    test: Callable[[Any], Iterable[Hit]]

    def __call__(self, document: Any) -> Iterable[Hit]:  # noqa: ANN401 - a document, an upper room
        """Return the places that break the rule."""
        return self.test(document) if self.wrong(document.day, document.as_of) else ()


@dataclass(frozen=True, slots=True)
class Refusals:
    """The refusals of the structure's own schema that are findings of a rule.

    Attributes:
        keywords: JSON Schema keywords (``required``), or a property and a keyword
            (``system/pattern``), which goes before the keyword alone.
    """

    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check and everything the reference says about it."""

    code: str
    kind: Kind
    check: Check
    places: tuple[Place, ...]
    reads: tuple[str, ...]
    severity: Severity
    cause: Cause
    basis: str
    since: str
    advice: str
    page: str
    name: str
    applies_from: dt.date | None = None
    applies_to: dt.date | None = None
    settings: tuple[Setting, ...] = ()

    def __reduce__(self) -> tuple[Callable[[str], "Rule"], tuple[str]]:
        """Travel to a worker process as the name of the module."""
        return (_of_module, (self.check.__module__,))

    @property
    def family(self) -> str:
        """Return the letters of the family.

        The family's title is the docstring of its folder.
        """
        return self.code.rstrip("0123456789")

    @property
    def title(self) -> str:
        """Return what is wrong, in one English sentence."""
        return self.page.partition("\n")[0].rstrip(".")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs of the page below the title, each on one line."""
        blocks = self.page.split("\n\n")[1:]
        return tuple(" ".join(block.split()) for block in blocks)


def _of_module(name: str) -> Rule:
    """Return the rule of a module."""
    found = importlib.import_module(name).check
    assert isinstance(found, Rule), "only rules travel"  # noqa: S101 - by construction
    return found


def column_rule(
    code: str,
    *,
    on: str | Place | tuple[Place, ...],
    **facts: Any,  # noqa: ANN401 - see `_rule`
) -> Callable[[Check], Rule]:
    """Turn ``check`` into the column rule *code* for the places *on*.

    Args:
        code: Letters of the family and three digits; never used again.
        on: ``table.field``, a place, or several places (see `each`).
        facts: What every rule states; see `_rule`.
    """
    return lambda check: _rule(code, Kind.COLUMN, check, _places(on), (), **facts)


def table_rule(
    code: str,
    *,
    on: str | Place | tuple[Place, ...],
    reads: tuple[str, ...] = (),
    **facts: Any,  # noqa: ANN401 - see `_rule`
) -> Callable[[Check], Rule]:
    """Turn ``check`` into the table rule *code*.

    Args:
        code: Letters of the family and three digits; never used again.
        on: The ``table.field`` that findings point at, or several of them.
        reads: Every ``table.field`` the check needs beside the place columns; empty for a rule
            over ``rows`` (the table of the place) and ``target`` (what its field refers to).
        facts: What every rule states; see `_rule`.
    """
    return lambda check: _rule(code, Kind.TABLE, check, _places(on), reads, **facts)


def document_rule(code: str, **facts: Any) -> Callable[[Check], Rule]:  # noqa: ANN401 - see `_rule`
    """Turn ``check`` into the document rule *code*."""
    return lambda check: _rule(code, Kind.DOCUMENT, check, (), (), **facts)


def _places(on: str | Place | tuple[Place, ...]) -> tuple[Place, ...]:
    match on:
        case str():
            return (Place(on),)
        case Place():
            return (on,)
        case _:
            return on


def _rule(  # noqa: PLR0913 - the facts of a rule, each by name
    code: str,
    kind: Kind,
    check: Check,
    places: tuple[Place, ...],
    reads: tuple[str, ...],
    *,
    severity: Severity,
    basis: str,
    advice: str,
    since: str,
    cause: Cause = Cause.PERSON,
    applies_from: dt.date | None = None,
    applies_to: dt.date | None = None,
    settings: tuple[Setting, ...] = (),
) -> Rule:
    """Return the rule, with its page and name taken from its module.

    Args:
        code: Letters of the family and three digits.
        kind: What the rule looks at.
        check: The function.
        places: Where it applies.
        reads: The fields a table rule needs.
        severity: How much breaking it matters.
        basis: The law or specification it follows, with its section.
        advice: What the reader should do, in one sentence.
        since: The version of Kirjaamo that first had it.
        cause: Who can mend it.
        applies_from: First day on which it applies.
        applies_to: Last day on which it applies.
        settings: Its thresholds.
    """
    module = sys.modules[check.__module__]
    name = check.__module__.rpartition(".")[2].replace("_", "-")
    page = inspect.getdoc(module) or ""
    return Rule(
        code, kind, check, places, reads, severity, cause, basis, since, advice, page, name,
        applies_from, applies_to, settings,
    )  # fmt: skip
