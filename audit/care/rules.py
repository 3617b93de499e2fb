"""Closure rules and cautions: files in a workspace, and a starting set that is shipped.

A rule says of which open records it says so that they could be closed.  A caution says of which
of those a person should look twice.  Both are dated and owned by the organisation; the law sets
no times after which a relationship is closed, so that every number in the starting set is a
proposal.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import polars as pl

from kirjaamo.audit.care import conditions, facts
from kirjaamo.audit.care.conditions import Condition, ConditionError
from kirjaamo.audit.care.errors import RuleFileError
from kirjaamo.audit.care.stock import Stock
from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.records import Label
from kirjaamo.settings import read_yaml

Id = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,39}$")]
Subject = Literal["relationship", "matter"]
Ends = Literal["last_event", "client_died", "decision_end", "relationship_ended", ""]

TWICE = N_("there are several of that name")
BACKWARDS = N_("it ends before it begins")
WITHOUT_OWNER = N_("it is adopted and does not say by whom")
WRONG_END = N_("the day of closing that it proposes is not known of such records")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A closure rule.

    Attributes:
        id: Its name.
        name: What it says, in three languages.
        subject: What it closes.
        when: Its condition; see `kirjaamo.audit.care.conditions`.
        status: Proposed, adopted by the organisation, or withdrawn.
        adopted_by: Who decided on it.
        valid_from: First day on which it applies.
        valid_to: Last day.
        service_tasks: Codes of the service tasks that it is about; all when empty.
        ends: The fact that is proposed as the day of closing; none when empty.
        reason: What is proposed as the reason of closing.
        basis: Law or decision that it rests on.
        confidence: ``statute`` where an act gives the ground, else ``proposal``.
    """

    id: Id
    name: Label
    subject: Subject
    when: Condition
    status: Literal["proposed", "adopted", "withdrawn"] = "proposed"
    adopted_by: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    service_tasks: tuple[str, ...] = ()
    ends: Ends = "last_event"
    reason: Label | None = None
    basis: str = ""
    confidence: Literal["statute", "proposal"] = "proposal"

    def applies(self, day: dt.date) -> bool:
        """Return whether the rule applies on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class Caution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What calls for a second look before a record is closed."""

    id: Id
    name: Label
    subject: Subject
    when: Condition


class RuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of rules."""

    rules: tuple[Rule, ...] = ()
    cautions: tuple[Caution, ...] = ()

    def get(self, name: str) -> Rule:
        """Return the rule called *name*.

        Raises:
            UnknownNameError: There is none.
        """
        found = next((rule for rule in self.rules if rule.id == name), None)
        if found is None:
            known = tuple(rule.id for rule in self.rules)
            raise UnknownNameError(kind=N_("closure rule"), name=name, known=known)
        return found


def shipped() -> Path | Traversable:
    """Return the starting set."""
    return files("kirjaamo.audit.care") / "rules.yaml"


def read(path: Path | Traversable) -> RuleSet:
    """Return the rules of a file.

    Raises:
        SettingsError: It is missing or no such file.
        RuleFileError: A rule in it cannot be used.
    """
    found = read_yaml(path, RuleSet)
    for rule, reason in _wrong(found):
        raise RuleFileError(file=path, rule=rule, reason=reason)
    return found


def _wrong(of: RuleSet) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a file: rule and reason."""
    every: tuple[Rule | Caution, ...] = (*of.rules, *of.cautions)
    names = [one.id for one in every]
    yield from ((name, TWICE) for name in names if names.count(name) > 1)
    for one in every:
        try:
            conditions.check(one.when, one.subject)
        except ConditionError as error:
            yield one.id, str(error)
    yield from _wrong_facts(of.rules)
    by_id = {rule.id: rule for rule in of.rules}
    for one in every:
        yield from ((one.id, reason) for reason in _wrong_names(one, by_id))


def _wrong_facts(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
            yield rule.id, BACKWARDS
        if rule.status == "adopted" and not rule.adopted_by.strip():
            yield rule.id, WITHOUT_OWNER
        if rule.ends and rule.ends not in facts.of(rule.subject):
            yield rule.id, WRONG_END


def _wrong_names(one: Rule | Caution, by_id: Mapping[str, Rule]) -> Iterator[str]:
    """Yield what is wrong with the rules that a condition names, also through others."""
    waiting, seen = list(conditions.named(one.when)), set[str]()
    while waiting:
        name = waiting.pop()
        if name == one.id:
            yield conditions.CIRCULAR
        elif name not in by_id:
            yield conditions.UNKNOWN_RULE
        elif by_id[name].subject != one.subject:
            yield conditions.OTHER_SUBJECT
        elif name not in seen:
            seen.add(name)
            waiting += conditions.named(by_id[name].when)


def expressions(of: RuleSet, stock: Stock, as_of: dt.date) -> dict[str, pl.Expr]:
    """Return every rule and caution about a stock as a column of true, false and null.

    A rule speaks of open records of its service tasks only; outside its days it is false.
    """
    made: dict[str, pl.Expr] = {}
    by_id = {rule.id: rule for rule in of.rules if rule.subject == stock.subject}

    def make(rule: Rule) -> pl.Expr:
        if rule.id not in made:
            inner = {name: make(by_id[name]) for name in conditions.named(rule.when)}
            made[rule.id] = _of_rule(rule, stock, as_of, inner)
        return made[rule.id]

    for rule in by_id.values():
        make(rule)
    for caution in of.cautions:
        if caution.subject == stock.subject:
            told = conditions.expression(caution.when, as_of, stock.unknown, made)
            made[caution.id] = told
    return made


def _of_rule(rule: Rule, stock: Stock, as_of: dt.date, inner: Mapping[str, pl.Expr]) -> pl.Expr:
    if not rule.applies(as_of):
        return pl.lit(value=False)
    told = conditions.expression(rule.when, as_of, stock.unknown, inner)
    if rule.service_tasks:
        told &= pl.col("service_task").is_in(rule.service_tasks)
    return told & pl.col("open")


def unknown_facts(rule: Rule, of: RuleSet, unknown: frozenset[str]) -> set[str]:
    """Return the facts of a rule, and of those it names, that an export cannot tell."""
    wanted, waiting = set[str](), [rule]
    while waiting:
        one = waiting.pop()
        wanted |= set(conditions.asked(one.when))
        waiting += [of.get(name) for name in conditions.named(one.when)]
    return wanted & unknown
