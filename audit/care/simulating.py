"""What rules would close, before anybody adopts them: counts only, and nothing is closed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo.audit.care import facts, rules
from kirjaamo.audit.care.rules import Caution, Rule, RuleSet
from kirjaamo.audit.care.stock import Stock
from kirjaamo.records import ROW, SOURCE

BY = {"unit": "unit_name", "task": "service_task", "year": "shown_year", "system": "system"}
"""How counts are grouped, and the column; the year is that of the last event."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the rules of a set say of a stock.

    Attributes:
        rules: The rules that were asked, in the order of the set.
        cautions: The cautions.
        frames: Subject to its records, with a column for each rule and caution: true, false,
            or null where the export does not tell enough.
        unknown: Rule to {system: facts that the export cannot tell}.
    """

    rules: tuple[Rule, ...]
    cautions: tuple[Caution, ...]
    frames: dict[str, pl.DataFrame]
    unknown: dict[str, dict[str, set[str]]]

    def of(self, subject: str) -> tuple[Rule, ...]:
        """Return the rules about a subject."""
        return tuple(rule for rule in self.rules if rule.subject == subject)

    def closed(self, subject: str) -> pl.DataFrame:
        """Return the records of a subject that at least one rule would close."""
        asked = [rule.id for rule in self.of(subject)]
        if subject not in self.frames or not asked:
            return pl.DataFrame()
        return self.frames[subject].filter(pl.any_horizontal(asked))


def simulated(
    of: RuleSet, stocks: Sequence[Stock], as_of: dt.date, chosen: Sequence[Rule]
) -> Simulation:
    """Ask the chosen rules of a set about every record."""
    frames: dict[str, pl.DataFrame] = {}
    for subject in facts.SUBJECTS:
        parts = [
            stock.frame.with_columns(**rules.expressions(of, stock, as_of))
            for stock in stocks
            if stock.subject == subject
        ]
        if parts:
            frames[subject] = pl.concat(parts)
    unknown = {
        rule.id: {
            stock.system: found
            for stock in stocks
            if stock.subject == rule.subject
            and (found := rules.unknown_facts(rule, of, stock.unknown))
        }
        for rule in chosen
    }
    return Simulation(tuple(chosen), of.cautions, frames, unknown)


def totals(found: Simulation) -> pl.DataFrame:
    """Return one row for each rule.

    Columns: ``rule``, ``name``, ``subject``, ``status``, ``open`` records, ``closes``, ``share``
    of the open ones, ``undecided`` (the export does not tell enough), and ``cautions``: how many
    of those that it closes call for a second look.
    """
    schema = {
        "rule": pl.String, "name": pl.String, "subject": pl.String, "status": pl.String,
        "open": pl.Int64, "closes": pl.Int64, "share": pl.Float64, "undecided": pl.Int64,
        "cautions": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(list(_totals(found)), schema=schema, orient="row")


def _totals(found: Simulation) -> Iterator[tuple[object, ...]]:
    for rule in found.rules:
        rows = _open(found, rule)
        closes = rows.filter(pl.col(rule.id))
        warned = _cautions(found, rule.subject)
        looked = closes.filter(pl.any_horizontal(warned)).height if warned else 0
        share = closes.height / rows.height if rows.height else None
        undecided = rows[rule.id].null_count()
        yield (
            rule.id, str(rule.name), rule.subject, rule.status, rows.height, closes.height, share,
            undecided, looked,
        )  # fmt: skip


def _open(found: Simulation, rule: Rule) -> pl.DataFrame:
    """Return the open records that a rule is about."""
    rows = found.frames.get(rule.subject)
    if rows is None:
        return pl.DataFrame(schema=dict.fromkeys(("open", rule.id), pl.Boolean) | {
            one.id: pl.Boolean for one in found.cautions})  # fmt: skip
    return rows.filter("open")


def _cautions(found: Simulation, subject: str) -> list[str]:
    return [one.id for one in found.cautions if one.subject == subject]


def cautions(found: Simulation) -> pl.DataFrame:
    """Return rule, caution and how many of what the rule closes call for it."""
    rows = []
    for rule in found.rules:
        closes = _open(found, rule).filter(pl.col(rule.id))
        for one in found.cautions:
            if one.subject == rule.subject:
                many = int(closes[one.id].fill_null(value=False).sum())
                rows.append((rule.id, str(one.name), many))
    schema = {"rule": pl.String, "caution": pl.String, "closes": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def grouped(found: Simulation, by: str) -> pl.DataFrame:
    """Return rule, group, open records and how many of them the rule would close.

    Args:
        found: The simulation.
        by: A name in `BY`.
    """
    parts = []
    for rule in found.rules:
        if rule.subject in found.frames:
            group = pl.col(BY[by]).fill_null("").alias("group")
            parts.append(
                _open(found, rule)
                .group_by(group)
                .agg(
                    open=pl.len().cast(pl.Int64),
                    closes=pl.col(rule.id).fill_null(value=False).sum().cast(pl.Int64),
                )
                .sort("group")
                .select(pl.lit(rule.id).alias("rule"), "group", "open", "closes")
            )
    schema = {"rule": pl.String, "group": pl.String, "open": pl.Int64, "closes": pl.Int64}
    return pl.concat([pl.DataFrame(schema=schema), *parts])


def compared(first: Simulation, second: Simulation) -> pl.DataFrame:
    """Return by subject what two sets would close: both, only the one, only the other."""
    rows = []
    for subject in facts.SUBJECTS:
        if subject not in first.frames:
            continue
        places = [_places(one, subject) for one in (first, second)]
        both = places[0].join(
            places[1], on=[SOURCE, ROW, "record"], how="semi", nulls_equal=True
        )
        many = first.frames[subject]["open"].sum()
        one, other = places[0].height, places[1].height
        rows.append(
            (
                subject,
                int(many),
                one,
                other,
                both.height,
                one - both.height,
                other - both.height,
            )
        )
    names = ("subject", "open", "first", "second", "both", "only_first", "only_second")
    schema = dict.fromkeys(names, pl.Int64) | {"subject": pl.String}
    return pl.DataFrame(rows, schema={name: schema[name] for name in names}, orient="row")


def _places(found: Simulation, subject: str) -> pl.DataFrame:
    rows = found.closed(subject)
    keys = [SOURCE, ROW, "record"]
    return rows.select(keys) if rows.width else found.frames[subject].select(keys).clear()
