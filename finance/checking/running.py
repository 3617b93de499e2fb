"""A whole check of a ledger, as the `Run` that every report is made from."""

import datetime as dt
import inspect
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from kirjaamo import findings
from kirjaamo.classifications import Codes
from kirjaamo.engines.pack import Context
from kirjaamo.engines.tables import BROKEN
from kirjaamo.engines.tally import Tally
from kirjaamo.finance.checking import rules as every_rule
from kirjaamo.finance.postings import Postings
from kirjaamo.finance_settings import Finance
from kirjaamo.messages import N_, gettext
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import CannotRun, Rule
from kirjaamo.run import Run
from kirjaamo.selection import select
from kirjaamo.waivers import Known

BESIDE: Final = {
    "previous": N_("no previous filing is named in the settings"),
    "activity": N_("no file of activities is named in the settings"),
    "points": N_("no data of the data points is named in the settings"),
}
"""What a ledger may lack beside it, and what is then said of the rules that need it."""

_FIELD: Final = "_field"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a ledger is checked against.

    Attributes:
        year: The financial year.
        as_of: The day of the check.
        finance: The settings.
        codes: The code lists.
        previous: The previous filing (`kirjaamo.finance.checking.beside.previous`).
        activity: The activities (`kirjaamo.finance.checking.beside.activity`).
        points: The data points (`kirjaamo.finance.datapoints.SCHEMA`).
    """

    year: int
    as_of: dt.date
    finance: Finance
    codes: Codes
    previous: pl.DataFrame | None = None
    activity: pl.DataFrame | None = None
    points: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules run, and what of their findings is known.

    Attributes:
        select: Codes of rules; all when empty.
        ignore: Codes to leave out.
        known: Waivers in force and the baseline.
    """

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    known: Known = field(default_factory=Known)


def check(
    postings: Postings, mapped: pl.DataFrame, ground: Ground, choice: Choice | None = None
) -> Run:
    """Check the postings of an organisation.

    Args:
        postings: What was read.
        mapped: The same postings with their national codes
            (`kirjaamo.finance.mapping.applying.apply`).
        ground: What they are checked against.
        choice: Which rules run; all when None.

    Raises:
        UnknownNameError: A code that no rule has.
    """
    asked = choice or Choice()
    chosen = select(every_rule().values(), asked.select, asked.ignore, ground.as_of)
    tally = Tally(asked.known)
    tally.sources += postings.sources
    given = _given(postings, mapped, ground)
    for rule in chosen:
        try:
            found = _found(rule, given)
        except CannotRun as reason:
            sentence = gettext(reason.reason).format(**reason.facts)
            tally.reasons[rule.code][sentence] = None
            continue
        except BROKEN:
            tally.failed.add(rule.code)
            continue
        tally.ran.add(rule.code)
        tally.add(_as_findings(rule, found, postings.columns))
    return tally.finish(chosen, Context(ground.as_of, ground.codes, {}))


def _given(postings: Postings, mapped: pl.DataFrame, ground: Ground) -> dict[str, Any]:
    """Return everything that rules can ask for, by name."""
    beside = {
        "previous": ground.previous, "activity": ground.activity, "points": ground.points,
    }  # fmt: skip
    return {
        "postings": mapped.lazy(),
        "subtotals": postings.subtotals.lazy(),
        "finance": ground.finance,
        "codes": ground.codes,
        "year": ground.year,
        **{name: frame.lazy() for name, frame in beside.items() if frame is not None},
    }


def _found(rule: Rule, given: Mapping[str, Any]) -> pl.DataFrame:
    """Return what a rule finds.

    Raises:
        CannotRun: What it needs is not there.
    """
    wanted = inspect.signature(rule.check).parameters
    for name in wanted:
        if name not in given:
            raise CannotRun(BESIDE[name])
    found: pl.DataFrame = rule.check(**{name: given[name] for name in wanted}).collect()
    return found.sort(SOURCE, ROW, maintain_order=True)


def _as_findings(
    rule: Rule, found: pl.DataFrame, columns: Mapping[str, Mapping[str, str]]
) -> pl.DataFrame:
    """Return what a rule found as findings, each with the person's own column."""
    table, name = rule.places[0].table, rule.places[0].field
    placed = (
        found if _FIELD in found.columns else found.with_columns(pl.lit(name).alias(_FIELD))
    )
    extra = [one for one in placed.columns if one not in {SOURCE, ROW, _FIELD}]
    rows = [
        (
            row[SOURCE],
            table,
            row[ROW],
            row[_FIELD],
            _column(columns.get(row[SOURCE], {}), table, row[_FIELD]),
            rule.code,
            str(rule.severity),
            str(rule.cause),
            _parameters((one, row[one]) for one in extra),
        )
        for row in placed.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=findings.SCHEMA, orient="row")


def _column(own: Mapping[str, str], table: str, name: str) -> str:
    """Return the person's column of a field; of a class or sector without one, the cost centre's."""
    return own.get(f"{table}.{name}") or own.get(f"{table}.cost_centre", "")


def _parameters(pairs: Iterable[tuple[str, object]]) -> str:
    facts = {name: value for name, value in pairs if value is not None}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")) if facts else ""
