"""The words in which a condition of a document structure is written.

Two closed sets: a *rule* says what must be so in a document, a *test* asks the document a
question.  A test answers true, false or not known; a rule is broken only when the answers
leave no doubt.  The grammar and its semantics are documented in ``docs/conditions.md``.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import assert_never

import msgspec


class Fact(StrEnum):
    """What a document cannot tell about itself; the caller may know it."""

    OLD_RELATIONSHIP = "old_relationship"
    """The client relationship is archived as old data (*vanha asiakkuus*)."""
    RELATIONSHIP_ENDED = "relationship_ended"
    """The client relationship is no longer active."""
    SHELTER_SERVICE = "shelter_service"
    """The client relationship is one of the shelter service (*turvakotipalvelu*)."""
    MATTER_CLOSED = "matter_closed"
    """The matter (*asia*) has been closed."""
    MADE_IN_CLIENT_SYSTEM = "made_in_client_system"
    """The document was made in a client information system, not in OmaKanta."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known beside the document; everything that is left out is not known.

    Attributes:
        facts: Answers to the facts of `Fact`.
        day: The day the document was made, when its body does not say it.
        classes: Per code system (OID) the codes that a class name stands for.
    """

    facts: Mapping[Fact, bool] = {}
    day: dt.date | None = None
    classes: Mapping[str, Mapping[str, frozenset[str]]] = {}


class _Test(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="test"):
    """A question with three answers."""


class Filled(_Test, frozen=True, tag="filled"):
    """The field at *path* has a value."""

    path: str


class Empty(_Test, frozen=True, tag="empty"):
    """The field at *path* is missing or has no value."""

    path: str


class AnsweredYes(_Test, frozen=True, tag="answered_yes"):
    """The switch at *path* is true."""

    path: str


class AnsweredNo(_Test, frozen=True, tag="answered_no"):
    """The switch at *path* is false; an unanswered one is neither yes nor no."""

    path: str


class HasCode(_Test, frozen=True, tag="has_code"):
    """The coded field at *path* has one of *codes*."""

    path: str
    codes: tuple[str, ...]


class HasClass(_Test, frozen=True, tag="has_class"):
    """The coded field at *path* has a class known by name only.

    True when the field itself shows the name or has a code that the context gives for it;
    false when the context gives codes for every name; otherwise not known.
    """

    path: str
    system: str
    names: tuple[str, ...]


class Told(_Test, frozen=True, tag="told"):
    """The context tells *fact*."""

    fact: Fact


class Minor(_Test, frozen=True, tag="minor"):
    """The person born at *born* is under 18 on the day at *day*, or on the context's day.

    *born* is a date or a personal identity code.
    """

    born: str
    day: str


class Every(_Test, frozen=True, tag="all"):
    """Every one of *of* is true."""

    of: tuple["Test", ...]


class Some(_Test, frozen=True, tag="any"):
    """At least one of *of* is true."""

    of: tuple["Test", ...]


class Not(_Test, frozen=True, tag="not"):
    """The opposite of *of*."""

    of: "Test"


Test = (
    Filled
    | Empty
    | AnsweredYes
    | AnsweredNo
    | HasCode
    | HasClass
    | Told
    | Minor
    | Every
    | Some
    | Not
)


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule"):
    """What must be so."""


class RequiredIf(_Rule, frozen=True, tag="required_if"):
    """The field of the condition must be filled when *when* is true."""

    when: Test


class RequiredUnless(_Rule, frozen=True, tag="required_unless"):
    """The field of the condition must be filled when *when* is false."""

    when: Test


class ForbiddenIf(_Rule, frozen=True, tag="forbidden_if"):
    """The field of the condition is not shown, and so not filled, when *when* is true."""

    when: Test


class AtLeastOneOf(_Rule, frozen=True, tag="at_least_one_of"):
    """One of *paths* at least must be filled, when *when* is true or not given."""

    paths: tuple[str, ...]
    when: Test | None = None


class MustHold(_Rule, frozen=True, tag="must_hold"):
    """*that* must not be false."""

    that: Test


Rule = RequiredIf | RequiredUnless | ForbiddenIf | AtLeastOneOf | MustHold


def inside(test: Test) -> Iterator[Test]:
    """Yield *test* and every test inside it."""
    yield test
    match test:
        case Every(of) | Some(of):
            for inner in of:
                yield from inside(inner)
        case Not(of):
            yield from inside(of)
        case _:
            pass


def asked_by(rule: Rule) -> Iterator[Test]:
    """Yield every test inside *rule*."""
    match rule:
        case RequiredIf(when) | RequiredUnless(when) | ForbiddenIf(when):
            yield from inside(when)
        case AtLeastOneOf(_, when):
            yield from () if when is None else inside(when)
        case MustHold(that):
            yield from inside(that)
        case _:
            assert_never(rule)


def paths_of(rule: Rule) -> Iterator[str]:
    """Yield every path that *rule* reads, beside the field of the condition."""
    if isinstance(rule, AtLeastOneOf):
        yield from rule.paths
    for test in asked_by(rule):
        match test:
            case Filled(path) | Empty(path) | AnsweredYes(path) | AnsweredNo(path):
                yield path
            case HasCode(path) | HasClass(path):
                yield path
            case Minor(born, day):
                yield from (born, day)
            case _:
                pass


def moved(rule: Rule, move: Callable[[str], str]) -> Rule:
    """Return *rule* with every path put through *move*."""
    match rule:
        case RequiredIf(when) | RequiredUnless(when) | ForbiddenIf(when):
            return type(rule)(_moved(when, move))
        case AtLeastOneOf(paths, when):
            inner = None if when is None else _moved(when, move)
            return AtLeastOneOf(tuple(map(move, paths)), inner)
        case MustHold(that):
            return MustHold(_moved(that, move))
        case _:
            assert_never(rule)


def _moved(test: Test, move: Callable[[str], str]) -> Test:
    match test:
        case Every(of) | Some(of):
            return type(test)(tuple(_moved(inner, move) for inner in of))
        case Not(of):
            return Not(_moved(of, move))
        case Minor(born, day):
            return Minor(move(born), move(day))
        case Told():
            return test
        case _:
            return msgspec.structs.replace(test, path=move(test.path))
