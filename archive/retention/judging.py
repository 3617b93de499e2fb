"""Judging records by the rules of an act: when retention ends, and what may then be destroyed.

What is ordered archived is never among what has ended; what cannot be told is said, not guessed.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from kirjaamo.archive.retention.model import Order, Regime, Rule
from kirjaamo.messages import N_

STATES = {
    "archive": N_("ordered archived"),
    "running": N_("kept, the end is known"),
    "waiting": N_("kept, the time has not begun"),
    "unknown": N_("the start or the order cannot be told"),
    "no-rule": N_("no rule, the service task is not known"),
    "ended": N_("the time has ended"),
}
"""What may be true of a record, and what that is called."""

Tasks = Mapping[str, Sequence[str]]
"""Code of a service task to its Finnish names in the rules of an act."""


def judged(facts: pl.DataFrame, regime: Regime, tasks: Tasks, as_of: dt.date) -> pl.DataFrame:
    """Return what an act says of each record.

    Args:
        facts: As `kirjaamo.archive.retention.facts.facts` returns them.
        regime: The act.
        tasks: The service tasks of its rules.
        as_of: The day that counts.

    Returns:
        For each row of *facts*, in order: ``rules`` (numbers of the rules that apply), ``ends``
        (last day), ``event`` (the day that is missing), ``orders`` (numbers of the orders that
        apply) and ``state`` (of `STATES`).
    """
    rules = [_applies(rule, tasks) for rule in regime.rules]
    by_kind = pl.any_horizontal(
        a for a, rule in zip(rules, regime.rules, strict=True) if rule.kinds
    ) if any(rule.kinds for rule in regime.rules) else pl.lit(value=False)  # fmt: skip
    marked = facts.select(
        **{f"a{n}": a if regime.rules[n].kinds else a & ~by_kind for n, a in enumerate(rules)},
        **{f"e{n}": _ends(rule) for n, rule in enumerate(regime.rules)},
        **{f"o{n}": _ordered(order, tasks) for n, order in enumerate(regime.orders)},
        **{f"m{n}": _missing(rule) for n, rule in enumerate(regime.rules)},
        **{f"l{n}": _lost(rule) for n, rule in enumerate(regime.rules)},
        birth=pl.col("birth").is_null(),
    )
    return _concluded(marked, regime, as_of)


def _concluded(marked: pl.DataFrame, regime: Regime, as_of: dt.date) -> pl.DataFrame:
    count, orders = range(len(regime.rules)), range(len(regime.orders))
    applies = [pl.col(f"a{n}") for n in count]
    forever = [pl.col(f"a{n}") for n in count if regime.rules[n].forever]
    sampled = any(order.days for order in regime.orders)
    missing = pl.coalesce(pl.when(f"a{n}").then(f"m{n}") for n in count)
    lost = pl.any_horizontal(pl.col(f"a{n}") & pl.col(f"l{n}") for n in count)
    ends = pl.max_horizontal(pl.when(f"a{n}").then(f"e{n}") for n in count)
    archived = pl.any_horizontal(*(pl.col(f"o{n}") for n in orders), *forever)
    return marked.select(
        rules=_numbers("a", count),
        ends=pl.when(missing.is_null()).then(ends),
        event=missing,
        orders=_numbers("o", orders),
        state=pl.when(archived).then(pl.lit("archive"))
        .when(~pl.any_horizontal(applies)).then(pl.lit("no-rule"))
        .when(missing.is_not_null() & lost).then(pl.lit("unknown"))
        .when(missing.is_not_null()).then(pl.lit("waiting"))
        .when(ends >= as_of).then(pl.lit("running"))
        .when(pl.col("birth") & sampled).then(pl.lit("unknown"))
        .otherwise(pl.lit("ended")),
    )  # fmt: skip


def _numbers(letter: str, count: range) -> pl.Expr:
    """Return the numbers of the columns that are true, as a list."""
    if not count:
        return pl.lit([], pl.List(pl.Int32))
    found = [pl.when(f"{letter}{n}").then(pl.lit(n, pl.Int32)) for n in count]
    return pl.concat_list(found).list.drop_nulls()


def _applies(rule: Rule, tasks: Tasks) -> pl.Expr:
    found = pl.lit(value=True)
    if rule.tasks:
        found &= _of_task(rule.tasks, tasks)
    if rule.kinds:
        found &= pl.col("kind").is_in(rule.kinds)
    if rule.child is not None:
        child = pl.col("child").fill_null(
            value=True
        )  # the longer time, where it cannot be told
        found &= child if rule.child else ~child
    return found.fill_null(value=False)


def _of_task(names: Sequence[str], tasks: Tasks) -> pl.Expr:
    codes = [code for code, known in tasks.items() if not set(known).isdisjoint(names)]
    return pl.col("task").is_in(codes)


def _ordered(order: Order, tasks: Tasks) -> pl.Expr:
    found = pl.lit(value=True)
    if order.tasks:
        found &= _of_task(order.tasks, tasks)
    if order.kinds:
        found &= pl.col("kind").is_in(order.kinds)
    if order.days:
        found &= pl.col("birth").dt.day().is_in(order.days)
    return found.fill_null(value=False)


def _ends(rule: Rule) -> pl.Expr:
    """Return the last day: the latest of all spans whose event is known."""
    days = [pl.col(keep.event).dt.offset_by(f"{keep.years}y") for keep in rule.keep]
    return pl.max_horizontal(days) if days else pl.lit(None, pl.Date)


def _missing(rule: Rule) -> pl.Expr:
    """Return the event of the first span where its day is missing."""
    if not rule.keep:
        return pl.lit(None, pl.String)
    first = rule.keep[0].event
    return pl.when(pl.col(first).is_null()).then(pl.lit(first))


def _lost(rule: Rule) -> pl.Expr:
    """Tell whether the first event has come although no day is recorded."""
    if not rule.keep:
        return pl.lit(value=False)
    event = rule.keep[0].event
    if event in {"closing", "last_closing"}:
        return pl.col("closing_lost")
    if event == "death":
        return pl.col("death_lost")
    return pl.lit(event in {"birth", "made"})
