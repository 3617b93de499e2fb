"""Conditions of rules as expressions: true, false, or null where a fact is not known.

A condition is ``all``, ``any`` or ``not`` of others, ``rule`` (what another rule says), or a
question about one fact: ``{fact: last_event, older_than: {months: 24}}``.  Null goes the way of
Kleene's logic: false and null is false, true or null is true, anything else with null is null.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from dateutil.relativedelta import relativedelta

from kirjaamo.audit.care import facts
from kirjaamo.audit.care.facts import Fact, Kind
from kirjaamo.messages import N_

Condition = Mapping[str, Any]

UNITS = ("years", "months", "weeks", "days")

QUESTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DAY: ("older_than", "newer_than", "before", "from", "known"),
    Kind.NUMBER: ("at_least", "at_most", "known"),
    Kind.FLAG: ("is",),
    Kind.CODE: ("one_of", "none_of", "known"),
}
"""What may be asked of each kind of fact."""

NOT_A_CONDITION = N_(
    "a condition is “all”, “any”, “not”, “rule”, or a “fact” with one question"
)
EMPTY = N_("a list of conditions is empty")
UNKNOWN_FACT = N_("there is no fact of that name for such records")
WRONG_QUESTION = N_("that cannot be asked of such a fact")
WRONG_ANSWER = N_("a value has the wrong form")
UNKNOWN_RULE = N_("it names a rule that does not exist")
OTHER_SUBJECT = N_("it names a rule about another kind of record")
CIRCULAR = N_("rules name each other in a circle")


class ConditionError(ValueError):
    """A condition that cannot be used; holds a catalogue sentence."""


def check(condition: object, subject: str) -> None:
    """See that a condition can be asked of records of a subject.

    Raises:
        ConditionError: It cannot.
    """
    match condition:
        case {"all": [*several]} | {"any": [*several]} if len(_keys(condition)) == 1:
            if not several:
                raise ConditionError(EMPTY)
            for one in several:
                check(one, subject)
        case {"not": one} if len(_keys(condition)) == 1:
            check(one, subject)
        case {"rule": str()} if len(_keys(condition)) == 1:
            return
        case {"fact": str(name), **question}:
            _check_question(name, {str(key): value for key, value in question.items()}, subject)
        case _:
            raise ConditionError(NOT_A_CONDITION)


def _keys(condition: object) -> Sequence[str]:
    return list(condition) if isinstance(condition, Mapping) else []


def _check_question(name: str, question: Mapping[str, Any], subject: str) -> None:
    fact = facts.of(subject).get(name)
    if fact is None:
        raise ConditionError(UNKNOWN_FACT)
    if len(question) != 1:
        raise ConditionError(NOT_A_CONDITION)
    ((asked, value),) = question.items()
    if asked not in QUESTIONS[fact.kind]:
        raise ConditionError(WRONG_QUESTION)
    if not _FORMS[asked](value):
        raise ConditionError(WRONG_ANSWER)


def _is_period(value: object) -> bool:
    if not isinstance(value, Mapping) or len(value) != 1:
        return False
    ((unit, many),) = value.items()
    return unit in UNITS and type(many) is int and 0 <= many <= 1200  # noqa: PLR2004 - a hundred years in months


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(type(one) is str for one in value)


_FORMS: Mapping[str, Callable[[object], bool]] = {
    "older_than": _is_period,
    "newer_than": _is_period,
    "before": lambda value: type(value) is dt.date,
    "from": lambda value: type(value) is dt.date,
    "known": lambda value: type(value) is bool,
    "is": lambda value: type(value) is bool,
    "at_least": lambda value: type(value) is int,
    "at_most": lambda value: type(value) is int,
    "one_of": _is_list,
    "none_of": _is_list,
}


def named(condition: Condition) -> Iterator[str]:
    """Yield the rules that a condition names."""
    match condition:
        case {"rule": name}:
            yield name
        case {"all": several} | {"any": several}:
            for one in several:
                yield from named(one)
        case {"not": one}:
            yield from named(one)


def asked(condition: Condition) -> Iterator[str]:
    """Yield the facts that a condition asks about itself."""
    match condition:
        case {"fact": name}:
            yield name
        case {"all": several} | {"any": several}:
            for one in several:
                yield from asked(one)
        case {"not": one}:
            yield from asked(one)


def expression(
    condition: Condition,
    as_of: dt.date,
    unknown: frozenset[str],
    rules: Mapping[str, pl.Expr],
) -> pl.Expr:
    """Return a condition as a column of true, false and null.

    Args:
        condition: A condition that `check` has seen.
        as_of: The day that counts as today.
        unknown: Facts that the export cannot tell.
        rules: Rule to what it says.
    """
    match condition:
        case {"all": several}:
            return pl.all_horizontal(expression(o, as_of, unknown, rules) for o in several)
        case {"any": several}:
            return pl.any_horizontal(expression(o, as_of, unknown, rules) for o in several)
        case {"not": one}:
            return ~expression(one, as_of, unknown, rules)
        case {"rule": name}:
            return rules[name]
    question = {key: value for key, value in condition.items() if key != "fact"}
    ((what, value),) = question.items()
    fact = facts.FACTS[condition["fact"]]
    if fact.name in unknown:
        return pl.lit(None, pl.Boolean)
    return _answer(fact, what, value, as_of)


def _answer(fact: Fact, what: str, value: Any, as_of: dt.date) -> pl.Expr:  # noqa: ANN401 - what `check` has seen
    column = pl.col(fact.name)
    plain: Mapping[str, Callable[[], pl.Expr]] = {
        "known": lambda: column.is_not_null() == pl.lit(value),
        "is": lambda: column == pl.lit(value),
        "at_least": lambda: column >= pl.lit(value),
        "at_most": lambda: column <= pl.lit(value),
        "one_of": lambda: column.is_in(value),
        "none_of": lambda: ~column.is_in(value),
    }
    if what in plain:
        return plain[what]()
    day = pl.lit(_day(what, value, as_of))
    told = column < day if what in {"older_than", "before"} else column >= day
    return told.fill_null(value=False) if fact.never else told


def _day(what: str, value: Any, as_of: dt.date) -> dt.date:  # noqa: ANN401 - a day or a period
    if what in {"before", "from"}:
        return value  # type: ignore[no-any-return]  # `check` has seen that it is a day
    return as_of - relativedelta(**value)
