"""Choosing rules by code or family, as ``--select`` and ``--ignore`` do, and their thresholds."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from kirjaamo.errors import KirjaamoError, UnknownNameError
from kirjaamo.messages import N_
from kirjaamo.rules import Kind, Rule

Thresholds = Mapping[str, Mapping[str, int | float | str | bool]]
"""Rule code to {setting: value}."""


class ThresholdError(KirjaamoError):
    """A threshold has a value of the wrong kind."""

    sentence = N_(
        "The threshold {name} of {code} must be a value such as {default}. "
        "Correct [check.thresholds.{code}] in kirjaamo.toml."
    )


def select(
    rules: Iterable[Rule],
    wanted: Sequence[str],
    ignored: Sequence[str],
    as_of: dt.date | None = None,
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


def hold(rules: Mapping[str, Rule], thresholds: Thresholds) -> None:
    """See that *thresholds* name settings that rules have, with values of their kind.

    Args:
        rules: Every rule by code.
        thresholds: Rule code to {setting: value}, as in ``kirjaamo.toml``.

    Raises:
        UnknownNameError: No rule has the code, or the rule has no such setting.
        ThresholdError: The value is of another kind than the default.
    """
    for code, values in thresholds.items():
        if code not in rules:
            raise UnknownNameError(kind=N_("rule"), name=code, known=tuple(rules))
        settings = {setting.name: setting for setting in rules[code].settings}
        for name, value in values.items():
            if name not in settings:
                known = tuple(settings)
                raise UnknownNameError(kind=N_("threshold"), name=f"{code}.{name}", known=known)
            default = settings[name].default
            whole_for_decimal = isinstance(default, float) and type(value) is int
            if type(value) is not type(default) and not whole_for_decimal:
                raise ThresholdError(code=code, name=name, default=default)
