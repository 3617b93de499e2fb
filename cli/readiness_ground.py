"""What a readiness report stands on, gathered from survey, mappings, rules, measures and ledger."""

import datetime as dt
import getpass
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from kirjaamo.archive.readiness.client_view import Judged
    from kirjaamo.archive.readiness.report import Ground
    from kirjaamo.sources.formats import Source
    from kirjaamo.sources.tables import System
    from kirjaamo.workspace import Workspace

MEASURES = {"RQ019": "third-party-data", "RQ020": "open-draft"}
"""Measures of recording quality that a client would see, and the checks that they are."""

RULES = {"LC002": "stale-relationship", "LC015": "dead-client"}
"""Rules of the life cycle that a client would see, and the checks that they are."""


def ground(workspace: "Workspace", sources: "tuple[Source, ...]", as_of: dt.date) -> "Ground":
    """Return what the report of a workspace stands on.

    Raises:
        SourceError: A source cannot be read.
        SettingsError: The survey or the self-monitoring plan is broken.
    """
    from kirjaamo.archive.readiness.entries import entries
    from kirjaamo.archive.readiness.report import Ground
    from kirjaamo.archive.survey import load as survey
    from kirjaamo.archive.survey.progress import graded
    from kirjaamo.archive.survey.reading import read

    plan, confirmed = (
        entries(workspace, as_of),
        survey(workspace),
    )  # what a person may have broken
    known = _systems(sources)
    return Ground(
        settings=workspace.settings,
        as_of=as_of,
        systems=known,
        kinds=graded(read(sources), confirmed),
        coverage=_coverage(workspace, sources, as_of),
        entries=plan,
        states=_states(workspace),
        judged=_judged(workspace, sources, known, as_of),
    )


def _systems(sources: "tuple[Source, ...]") -> "list[System]":
    """Return the systems with what staff lists tell of their workers, each of them once."""
    from kirjaamo.sources import staff
    from kirjaamo.sources.tables import systems

    read = systems(sources)
    profiles = [source.profile for source in sources]
    known = {one.name for one in read}
    lists = {one.system for one in profiles if known.intersection(one.workers_of)}
    told = staff.completed({one.name: one.tables for one in read}, profiles)
    for name in lists:
        told[name] = {key: rows for key, rows in told[name].items() if key != staff.TABLE}
    return [replace(one, tables=told[one.name]) for one in read]


def _coverage(
    workspace: "Workspace", sources: "tuple[Source, ...]", as_of: dt.date
) -> pl.DataFrame:
    from kirjaamo.classifications import Codes
    from kirjaamo.mappings import coverage, load
    from kirjaamo.mappings.occurrences import occurrences
    from kirjaamo.mappings.suggesting import Known

    crosswalks = load(workspace, [one.profile for one in sources])
    known = Known(crosswalks, Codes(workspace.classifications), as_of)
    return coverage.coverage(coverage.every(occurrences(sources), known, ()))


def _states(workspace: "Workspace") -> dict[str, int]:
    """Return documents by state; a ledger that is not there is not made."""
    from kirjaamo.archive.packages.records import counts
    from kirjaamo.ledger import of_workspace

    if not workspace.settings.ledger.url and not (workspace.folder / "ledger.sqlite").exists():
        return {}
    with of_workspace(workspace, lambda: dt.datetime.now(dt.UTC), getpass.getuser()) as ledger:
        return counts(ledger)


def _judged(
    workspace: "Workspace",
    sources: "tuple[Source, ...]",
    known: "list[System]",
    as_of: dt.date,
) -> "Judged":
    """Return what a client would see wrong."""
    from kirjaamo.archive.readiness.client_view import Judged, look
    from kirjaamo.audit.pseudonyms.names import Names

    parts = [_measured(workspace, known, as_of), _ruled(workspace, sources, as_of)]
    both = Judged(
        pl.concat([one.found for one in parts]), pl.concat([one.left for one in parts])
    )
    own = workspace.settings.organisation.controller
    return look(known, own, lambda names: Names(names).owner, both)


def _measured(workspace: "Workspace", known: "list[System]", as_of: dt.date) -> "Judged":
    from kirjaamo.archive.readiness.client_view import FOUND, LEFT, Judged
    from kirjaamo.audit import thresholds, words
    from kirjaamo.audit.scores.judging import Terms, judged
    from kirjaamo.classifications import Codes
    from kirjaamo.records import ROW, SOURCE

    thresholds.hold(workspace.settings.audit)
    terms = Terms(
        as_of,
        workspace.settings.audit,
        words.read(workspace),
        Codes(workspace.classifications),
    )
    told = judged(known, terms, tuple(MEASURES))
    found = [
        rows.filter(pl.col(code).fill_null(value=False)).select(
            pl.lit(system).alias("system"), pl.lit(check).alias("check"),
            pl.lit(table).alias("table"), SOURCE, pl.col(ROW).cast(pl.UInt64),
        )
        for (system, table), rows in told.tables.items()
        for code, check in MEASURES.items()
        if code in rows.columns
    ]  # fmt: skip
    left = [(one.system, MEASURES[one.measure], one.reason) for one in told.left]
    return Judged(
        pl.concat([pl.DataFrame(schema=FOUND), *found]),
        pl.DataFrame(left, LEFT, orient="row"),
    )


def _ruled(workspace: "Workspace", sources: "tuple[Source, ...]", as_of: dt.date) -> "Judged":
    from kirjaamo.archive.readiness.client_view import FOUND, LEFT, NO_FIELD, Judged
    from kirjaamo.records import ROW, SOURCE
    from kirjaamo.run import State
    from kirjaamo.validators.checking import Choice, check

    run = check(sources, (), Choice(as_of, select=tuple(RULES)), workspace)
    systems = {one.source: one.system for one in run.sources}
    found = [
        batch.select(
            pl.col("source").replace_strict(systems, default="", return_dtype=pl.String)
            .alias("system"),
            pl.col("rule").replace(RULES).alias("check"), "table",
            pl.col("source").alias(SOURCE), pl.col("row").alias(ROW),
        )
        for batch in run.findings
    ]  # fmt: skip
    missing = [one.rule.code for one in run.states if one.state is State.NOT_RUN]
    left = [
        (system, RULES[code], NO_FIELD)
        for code in missing
        for system in sorted(set(systems.values()))
    ]
    return Judged(
        pl.concat([pl.DataFrame(schema=FOUND), *found]),
        pl.DataFrame(left, LEFT, orient="row"),
    )
