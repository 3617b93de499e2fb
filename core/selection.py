"""Choosing rules by code or family, as ``--select`` and ``--ignore`` do, and their thresholds."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

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
        wanted: Codes or families (``ID``, ``ID001``, ``ID,CL002``); all when empty.
        ignored: Codes or families to leave out, in the same form.
        as_of: Leaves out the rules that do not apply on this day.

    Raises:
        UnknownNameError: A code or family that no rule has.
    """
    every = tuple(rules)
    names = {rule.code for rule in every} | {rule.family for rule in every}
    chosen = _named(wanted, names) or names
    left_out = _named(ignored, names)
    return tuple(
        rule
        for rule in every
        if {rule.code, rule.family} & chosen
        and not {rule.code, rule.family} & left_out
        and _applies(rule, as_of)
    )


def _named(given: Iterable[str], names: Collection[str]) -> set[str]:
    """Return the codes and families in *given*, each of which must be one of *names*."""
    found = {name.strip().upper() for text in given for name in text.split(",")}
    for name in sorted(found.difference(names)):
        raise UnknownNameError(kind=N_("rule"), name=name, known=tuple(sorted(names)))
    return found


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
