"""What the acts say of all records together: states, counts, clashes and lists."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo.archive.retention.judging import STATES, judged
from kirjaamo.archive.retention.model import Keep, Order, Regime, governing, regimes
from kirjaamo.classifications import Codes
from kirjaamo.mappings.loading import built_in, resolved
from kirjaamo.messages import N_, gettext
from kirjaamo.records import ROW, SOURCE
from kirjaamo.wording import day

OLD = "service_task_2015"
"""The crosswalk from the service tasks of Act 254/2015; its rows are proposals."""

PLACE = ["system", "table", SOURCE, ROW]
LISTS = ("disposal", "archive", "unknown", "clash", "all")
"""What can be listed."""

EVENT_NAMES = {
    "birth": N_("the birth of the client"),
    "death": N_("the death of the client"),
    "closing": N_("the closing of the matter"),
    "last_closing": N_("the closing of the last matter, when the need has ended"),
    "service_end": N_("the end of the service"),
    "validity_end": N_("the end of validity of the decision"),
    "made": N_("the making of the document"),
    "superseded": N_("the making of a newer version"),
}
"""Events that retention is counted from, and what they are called."""

COLUMNS = (
    N_("system"), N_("table"), N_("source"), N_("row"), N_("key"), N_("rule"), N_("state"), N_("other rule"),
    N_("missing"), N_("ordered"), N_("act"), N_("ends"), N_("other act"), N_("other state"),
    N_("other ends"), N_("what"), N_("kept"), N_("note"), N_("records"),
)  # fmt: skip
"""Columns of lists and of the table of rules."""

HEADINGS = (N_("service task or kind of document"), *STATES.values())
"""Columns of the summary."""


@dataclass(frozen=True, slots=True)
class Result:
    """What is true of every record.

    Attributes:
        regime: The act that governs.
        other: The other act, for comparison.
        frame: One row for each record: its place, ``key``, ``task``, ``kind``, and of the
            governing act and (with ``_other``) the other one ``state``, ``ends``, ``event``,
            ``rules`` and ``orders``; ``clash`` where the acts come to different results.
    """

    regime: Regime
    other: Regime
    frame: pl.DataFrame


def result(facts: pl.DataFrame, as_of: dt.date, codes: Codes) -> Result:
    """Judge records by both acts.

    Args:
        facts: As `kirjaamo.archive.retention.facts.facts` returns them.
        as_of: The day that counts.
        codes: Code lists; an official list of service tasks tells more of them.
    """
    regime = governing(as_of)
    other = next(one for one in regimes() if one.act != regime.act)
    mine = judged(facts, regime, tasks(regime, codes), as_of)
    theirs = judged(facts, other, tasks(other, codes), as_of)
    both = pl.concat(
        [
            facts.select(*PLACE, "key", "task", "kind"),
            mine,
            theirs.rename(lambda n: f"{n}_other"),
        ],
        how="horizontal",
    )
    whole = _each_once(both)
    differs = pl.col("state").ne_missing(pl.col("state_other"))
    later = pl.col("ends").ne_missing(pl.col("ends_other"))
    return Result(regime, other, whole.with_columns(clash=differs | later))


def _each_once(frame: pl.DataFrame) -> pl.DataFrame:
    """Return every record once: of several clients the strictest state and the last day count."""
    order = list(STATES)
    rank = {name: number for number, name in enumerate(order)}
    for name in ("state", "state_other"):
        worst = pl.col(name).replace_strict(rank, return_dtype=pl.Int8).min().over(PLACE)
        frame = frame.with_columns(
            worst.replace_strict(dict(enumerate(order)), return_dtype=pl.String).alias(name)
        )
    last = [pl.col(name).max().over(PLACE) for name in ("ends", "ends_other")]
    return frame.with_columns(last).unique(PLACE, keep="first", maintain_order=True)


def tasks(regime: Regime, codes: Codes) -> Mapping[str, Sequence[str]]:
    """Return each code of a service task with its names in the rules of an act.

    The tasks of Act 254/2015 come from the starting crosswalk, whose rows are proposals: what
    several old tasks have become is kept as long as the longest of them.
    """
    if not regime.old_tasks:
        known = codes.get("service_task").frame
        return {code: (name,) for code, name in known.select("code", "name_fi").iter_rows()}
    found: dict[str, list[str]] = {}
    rows = resolved(built_in()[OLD], codes).rows.drop_nulls("new")
    for old, new in rows.select("old", "new").iter_rows():
        found.setdefault(new, []).append(old)
    return found


def counts(found: Result) -> pl.DataFrame:
    """Return a row for each rule and one for what no rule covers: records by state."""
    names = {n: str(rule.name) for n, rule in enumerate(found.regime.rules)}
    first = pl.col("rules").list.first()
    return (
        found.frame.group_by(rule=first, state="state")
        .len()
        .pivot("state", index="rule", values="len")
        .sort("rule", nulls_last=True)
        .select(
            pl.col("rule")
            .replace_strict(names, default=gettext(N_("(no rule)")), return_dtype=pl.String)
            .alias(HEADINGS[0]),
            *(
                (pl.col(state) if state in found.frame["state"] else pl.lit(0)).fill_null(0).alias(told)
                for state, told in STATES.items()
            ),
        )
    )  # fmt: skip


def clashes(found: Result) -> pl.DataFrame:
    """Return where the acts come to different results, side by side, the most frequent first.

    Returns:
        ``rule`` and ``state`` of the governing act, ``other rule`` and ``other state`` of the
        other one, and ``records``.
    """
    states = {state: gettext(told) for state, told in STATES.items()}
    names = {
        "rules": dict(enumerate(str(rule.name) for rule in found.regime.rules)),
        "rules_other": dict(enumerate(str(rule.name) for rule in found.other.rules)),
    }
    shown = [
        *(pl.col(column).list.first().replace_strict(known, default="", return_dtype=pl.String)
          for column, known in names.items()),
        *(pl.col(column).replace_strict(states, return_dtype=pl.String)
          for column in ("state", "state_other")),
    ]  # fmt: skip
    counted = found.frame.filter("clash").select(shown).group_by(pl.all()).len("records")
    ordered = counted.sort(
        ["records", "rules", "rules_other", "state", "state_other"],
        descending=[True, False, False, False, False],
    )
    return ordered.select(
        rule="rules", state="state", other_rule="rules_other", other_state="state_other",
        records="records",
    )  # fmt: skip


def listed(found: Result, name: str, *, reveal: bool = False) -> pl.DataFrame:
    """Return one of `LISTS`: places, rules and days; record keys only when *reveal*."""
    only = {
        "disposal": pl.col("state") == "ended",
        "archive": pl.col("state") == "archive",
        "unknown": pl.col("state").is_in(["unknown", "no-rule"]),
        "clash": pl.col("clash"),
        "all": pl.lit(value=True),
    }[name]
    rows = found.frame.filter(only)
    names = {n: str(rule.name) for n, rule in enumerate(found.regime.rules)}
    orders = {n: str(order.name) for n, order in enumerate(found.regime.orders)}
    events = {event: gettext(told) for event, told in EVENT_NAMES.items()}
    states = {state: gettext(told) for state, told in STATES.items()}
    return rows.select(
        pl.col("system"), pl.col("table"), pl.col(SOURCE).alias("source"), pl.col(ROW).alias("row"),
        *([pl.col("key")] if reveal else []),
        pl.col("rules").list.first().replace_strict(names, default="", return_dtype=pl.String)
        .alias("rule"),
        pl.col("state").replace_strict(states, return_dtype=pl.String).alias("state"),
        pl.col("event").replace_strict(events, default="", return_dtype=pl.String)
        .alias("missing"),
        pl.col("orders").list.first().replace_strict(orders, default="", return_dtype=pl.String)
        .alias("ordered"),
        pl.lit(found.regime.act).alias("act"),
        *([pl.col("ends")] if reveal else [pl.col("ends").dt.year().alias("ends")]),
        pl.lit(found.other.act).alias("other_act"),
        pl.col("state_other").replace_strict(states, return_dtype=pl.String).alias("other_state"),
        *(
            [pl.col("ends_other").alias("other_ends")]
            if reveal
            else [pl.col("ends_other").dt.year().alias("other_ends")]
        ),
    )  # fmt: skip


def numbered(regime: Regime, codes: Codes) -> tuple[int, int]:
    """Return of how many service tasks of an act the number is known, and how many there are."""
    named = {task for rule in regime.rules for task in rule.tasks}
    known = {name for names in tasks(regime, codes).values() for name in names}
    return len(named & known), len(named)


def ruled(day: dt.date) -> pl.DataFrame:
    """Return the rules and orders of both acts as a table, that of the governing act first."""
    acts = sorted(regimes(), key=lambda one: one.act != governing(day).act)
    rows = [
        (one.act, str(rule.name), spans(rule.keep, forever=rule.forever), str(rule.note or ""))
        for one in acts
        for rule in one.rules
    ]
    rows += [
        (one.act, str(order.name), gettext("archived for good"), _source(order))
        for one in acts
        for order in one.orders
    ]
    return pl.DataFrame(rows, schema=["act", "what", "kept", "note"], orient="row")


def _source(order: Order) -> str:
    sentence = gettext(N_("{source}; since {since}; confidence: {confidence}"))
    return sentence.format(
        source=order.source, since=day(order.since), confidence=gettext(order.confidence)
    )


def spans(keep: Sequence[Keep], *, forever: bool) -> str:
    """Return how long a rule keeps, in words."""
    if forever:
        return gettext("archived for good")
    told = [
        gettext("{years} years from {event}").format(
            years=s.years, event=gettext(EVENT_NAMES[s.event])
        )
        for s in keep
    ]
    return gettext(" or, if later, ").join(told)
