"""Choosing rules by code or family, as ``--select`` and ``--ignore`` do."""

import datetime as dt
from collections.abc import Iterable, Sequence

from kirjaamo.errors import UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.rules import Kind, Rule


def select(
    rules: Iterable[Rule], wanted: Sequence[str], ignored: Sequence[str], as_of: dt.date | None = None
) -> tuple[Rule, ...]:
    """Return the rules that were chosen.

    Args:
        rules: Every rule.
        wanted: Codes or families (``ID``, ``ID001``); all when empty.
        ignored: Codes or families to leave out.
        as_of: Leaves out the rules that do not apply on this day.

    Raises:
        UnknownNameError: A code or family that no rule has.
    """
    every = tuple(rules)
    names = {rule.code for rule in every} | {rule.family for rule in every}
    for name in (*wanted, *ignored):
        if name.upper() not in names:
            raise UnknownNameError(kind=N_("rule"), name=name, known=tuple(sorted(names)))
    chosen = {name.upper() for name in wanted} or names
    left_out = {name.upper() for name in ignored}
    return tuple(
        rule
        for rule in every
        if {rule.code, rule.family} & chosen
        and not {rule.code, rule.family} & left_out
        and _applies(rule, as_of)
    )


def _applies(rule: Rule, as_of: dt.date | None) -> bool:
    if as_of is None or rule.kind is Kind.DOCUMENT:  # documents have days of their own
        return True
    starts, ends = rule.applies_from, rule.applies_to
    return (starts is None or starts <= as_of) and (ends is None or as_of <= ends)
