"""A whole check of access rights, as the `Run` that every report is made from."""

import inspect
import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from kirjaamo import findings
from kirjaamo.audit.access import rules as every_rule
from kirjaamo.audit.access.ground import READ, Access, Terms, accesses
from kirjaamo.classifications import Codes
from kirjaamo.engines.driver import add_tables
from kirjaamo.engines.pack import CANNOT_RECORD, NO_COLUMN, Context, Missing
from kirjaamo.engines.tables import BROKEN
from kirjaamo.engines.tally import Tally
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import CannotRun, Rule
from kirjaamo.run import Run
from kirjaamo.selection import select
from kirjaamo.sources.formats import Source
from kirjaamo.sources.tables import System
from kirjaamo.waivers import Known

ACTIVITY = "activity"
NO_RECORDS = N_("the export has no records that tell who made them and in which service task")


def check(
    sources: Sequence[Source],
    systems: Sequence[System],
    terms: Terms,
    codes: Codes,
    choice: tuple[Sequence[str], Sequence[str], Known] = ((), (), Known()),
) -> Run:
    """Check the access rights of every system that has some.

    Args:
        sources: What was read.
        systems: The same sources as tables (`kirjaamo.audit.access.ground.READ`).
        terms: What rights are held against.
        codes: The code lists, of which the report tells the editions.
        choice: Codes of rules to run (all when empty), codes to leave out, and what is known.

    Raises:
        NoRightsError: There are neither workers nor rights.
        UnknownNameError: A code that no rule has.
    """
    asked, ignored, known = choice
    chosen = select(every_rule().values(), asked, ignored, terms.as_of)
    context = Context(terms.as_of, codes, {})
    tally = Tally(known)
    mine = [one for one in sources if set(READ) & set(one.part.tables)]
    add_tables(tally, mine, (), context=context)
    for access in _with_rights(accesses(systems, terms)):
        for rule in chosen:
            _add(tally, rule, access, terms)
    return tally.finish(chosen, context)


def found(
    systems: Sequence[System], terms: Terms, chosen: Sequence[Rule] | None = None
) -> pl.DataFrame:
    """Return the findings alone, columns of `kirjaamo.findings.SCHEMA`."""
    tally = Tally()
    for access in _with_rights(accesses(systems, terms)):
        for rule in chosen or every_rule().values():
            _add(tally, rule, access, terms)
    return findings.concat(tally.spool)


def _with_rights(every: Sequence[Access]) -> Sequence[Access]:
    """Return the systems that have rights; all, to say what is missing, where none has."""
    return [one for one in every if "access_right.worker_id" in one.told] or every


def _add(tally: Tally, rule: Rule, access: Access, terms: Terms) -> None:
    """Run a rule on a system and keep what it found, or why it could not run."""
    try:
        _need(rule, access)
        rows = _rows(rule, access, terms)
    except CannotRun as reason:
        tally.reasons[rule.code][str(Missing(rule, reason.reason, reason.facts))] = None
    except BROKEN:
        tally.failed.add(rule.code)
    else:
        tally.ran.add(rule.code)
        tally.add(_as_findings(rule, rows, access))


def _need(rule: Rule, access: Access) -> None:
    """Refuse to run a rule on a system that does not tell what it reads.

    Raises:
        CannotRun: It does not.
    """
    for name in rule.reads:
        if name == ACTIVITY:
            if not access.frames[ACTIVITY].height:
                raise CannotRun(NO_RECORDS)
        elif name in access.cannot:
            raise CannotRun(CANNOT_RECORD, field=name)
        elif name not in access.told:
            raise CannotRun(NO_COLUMN, field=name)


def _rows(rule: Rule, access: Access, terms: Terms) -> pl.DataFrame:
    """Return the rows that a rule finds, by place."""
    given = _given(rule, access, terms)
    wanted = inspect.signature(rule.check).parameters
    rows: pl.DataFrame = rule.check(**{name: given[name] for name in wanted}).collect()
    return rows.sort(rows.columns)


def _given(rule: Rule, access: Access, terms: Terms) -> dict[str, Any]:
    """Return everything that a rule can ask for, by name."""
    settings = {one.name: one.default for one in rule.settings}
    units = access.frames["units"]
    ended = units.filter(pl.col("valid_to") < terms.as_of)
    lasting = units.filter(pl.col("valid_to").fill_null(terms.as_of) >= terms.as_of)
    closed = ended.join(lasting, on="unit_id", how="anti")
    return {
        **access.frames,
        "workers_listed": access.listed,
        "closed": closed.select(unit="unit_id").drop_nulls().unique(),
        "as_of": terms.as_of,
        "table": terms.table,
        "sensitive": terms.sensitive,
        **settings,
        **terms.thresholds.get(rule.code, {}),
    }


def _as_findings(rule: Rule, rows: pl.DataFrame, access: Access) -> pl.DataFrame:
    """Return rows as findings, each with the person's own column."""
    place = rule.places[0]
    extra = [name for name in rows.columns if name not in {SOURCE, ROW}]
    return pl.DataFrame(
        [
            (
                row[SOURCE], place.table, row[ROW], place.field,
                access.columns.get(f"{place.table}.{place.field}", ""), rule.code,
                str(rule.severity), str(rule.cause), _parameters(row, extra),
            )
            for row in rows.iter_rows(named=True)
        ],
        schema=findings.SCHEMA,
        orient="row",
    )  # fmt: skip


def _parameters(row: Mapping[str, object], names: Sequence[str]) -> str:
    facts = {name: row[name] for name in names}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")) if facts else ""
