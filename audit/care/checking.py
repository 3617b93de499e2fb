"""Everything that data care looks at, as one list of judged records.

Each row is one record judged by one check: flawed or not.  So counts and places come from the
same rows, and a check that could judge nothing is told as such, with the system as the cause.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kirjaamo.audit import ground
from kirjaamo.audit.care import boundary, minimum
from kirjaamo.audit.care.boundary import Boundary
from kirjaamo.audit.care.checks import (
    DOCUMENT,
    EMPTY,
    LEFT_OPEN,
    LOOSE,
    MINIMUM,
    REGISTER,
    RULES,
)
from kirjaamo.audit.care.facts import MATTER, RELATIONSHIP
from kirjaamo.audit.care.minimum import Minimum
from kirjaamo.audit.care.stock import Stock
from kirjaamo.audit.care.verdicts import SCHEMA, Found, NotJudged, rows_of
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.formats import Source
from kirjaamo.sources.tables import System
from kirjaamo.validators.checking import Choice, check
from kirjaamo.workspace import Workspace

YEARS = 0
"""No month is told on its own: data care counts by year."""

NO_FIELD = N_("the export has no such field")
CANNOT = N_("the system cannot record it")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked: requirements, signs, the day, and the workspace whose waivers hold."""

    minimum: Minimum
    boundary: Boundary
    as_of: dt.date
    workspace: Workspace | None = None


def checked(
    sources: Sequence[Source], systems: Sequence[System], stocks: Sequence[Stock], terms: Terms
) -> Found:
    """Judge every record by every check.

    Args:
        sources: The sources, for the rules that read them piece by piece.
        systems: The same sources as whole tables.
        stocks: Relationships and matters of the same systems.
        terms: What is asked.
    """
    left: list[NotJudged] = []
    places = {system.name: _places(system, stocks, terms.as_of) for system in systems}
    parts = [pl.DataFrame(schema=SCHEMA)]
    for system in systems:
        of = {one.subject: one for one in stocks if one.system == system.name}
        parts += _of_minimum(system, places[system.name], terms.minimum, left)
        parts += _of_matters(system, of.get(MATTER), left)
        parts += _of_documents(system, places[system.name], left)
        parts += _of_register(system, places[system.name], terms.boundary, left)
    parts += _of_rules(sources, stocks, terms)
    columns = {system.name: system.columns for system in systems}
    return Found(pl.concat(parts), tuple(left), terms.as_of, columns)


def _places(system: System, stocks: Sequence[Stock], as_of: dt.date) -> dict[str, pl.DataFrame]:
    """Return the records of every table with the groups by which they are counted."""
    told = {
        stock.subject: stock.frame.select(
            SOURCE,
            ROW,
            unit="unit_name",
            task="service_task",
            year="shown_year",
            worker="worker",
        )
        for stock in stocks
        if stock.system == system.name
    }
    for name, rows in ground.prepared(system, as_of, YEARS).items():
        if name not in told:
            told[name] = rows.select(
                SOURCE, ROW, "unit", "task", year="period", worker="worker"
            )
    for name, rows in system.tables.items():
        if name not in told:
            none = dict.fromkeys(("unit", "task", "year", "worker"), pl.lit(None, pl.String))
            told[name] = rows.select(SOURCE, ROW, **none)
    return told


def _of_minimum(
    system: System, places: dict[str, pl.DataFrame], asked: Minimum, left: list[NotJudged]
) -> Iterator[pl.DataFrame]:
    for table, every in asked.items():
        rows = system.tables.get(table)
        if rows is None:
            continue
        for one in every:
            flawed = minimum.judged(system, table, one)
            name = " / ".join(one.any_of)
            if flawed is None:
                left.append(_untold(system, MINIMUM, table, one.any_of, rows.height))
                continue
            verdict = rows.select(SOURCE, ROW, flawed=flawed)
            yield rows_of(places[table], verdict, (MINIMUM, system.name, table, name))


def _untold(
    system: System, code: str, table: str, fields: Sequence[str], records: int
) -> NotJudged:
    cannot = any(f"{table}.{field}" in system.cannot for field in fields)
    place = f"{table}.{' / '.join(fields)}"
    return NotJudged(code, system.name, place, records, CANNOT if cannot else NO_FIELD)


def _of_matters(
    system: System, stock: Stock | None, left: list[NotJudged]
) -> Iterator[pl.DataFrame]:
    if stock is None:
        return
    empty = pl.sum_horizontal("documents", "decisions", "entries") == 0
    asked = (
        (LOOSE, "relationship_id", ~pl.col("relationship_known"), {"relationship_known"}),
        (EMPTY, "matter_id", empty, {"decisions", "entries"}),
        (LEFT_OPEN, "closed", _left_open(), {"relationship_ended"}),
    )
    groups = stock.frame.select(
        SOURCE, ROW, unit="unit_name", task="service_task", year="shown_year", worker="worker"
    )
    for code, field, flawed, needs in asked:
        if needs & stock.unknown:
            left.append(_untold(system, code, MATTER, [field], stock.frame.height))
            continue
        verdict = stock.frame.select(SOURCE, ROW, flawed=flawed)
        yield rows_of(groups, verdict, (code, system.name, MATTER, field))


def _left_open() -> pl.Expr:
    """Return whether an open matter's relationship has ended; other matters are not judged."""
    return pl.when("open").then(pl.col("relationship_ended").is_not_null())


def _of_documents(
    system: System, places: dict[str, pl.DataFrame], left: list[NotJudged]
) -> Iterator[pl.DataFrame]:
    rows = system.tables.get("document")
    if rows is None:
        return
    if "matter_id" not in rows.columns:
        left.append(_untold(system, DOCUMENT, "document", ["matter_id"], rows.height))
        return
    verdict = rows.select(SOURCE, ROW, flawed=pl.col("matter_id").is_null())
    yield rows_of(places["document"], verdict, (DOCUMENT, system.name, "document", "matter_id"))


def _of_register(
    system: System, places: dict[str, pl.DataFrame], signs: Boundary, left: list[NotJudged]
) -> Iterator[pl.DataFrame]:
    rows = system.tables.get("entry")
    if rows is None:
        return
    if "text" not in rows.columns:
        left.append(_untold(system, REGISTER, "entry", ["text"], rows.height))
        return
    found = boundary.pointed(system, signs)
    verdict = found.with_columns(flawed=pl.col("points") >= signs.points)
    yield rows_of(places["entry"], verdict, (REGISTER, system.name, "entry", "text"))


def _of_rules(
    sources: Sequence[Source], stocks: Sequence[Stock], terms: Terms
) -> Iterator[pl.DataFrame]:
    """Yield the records that the rules of the life cycle judge: open or all, by the rule."""
    run = check(tuple(sources), (), Choice(as_of=terms.as_of, select=RULES), terms.workspace)
    found = pl.concat(
        [pl.DataFrame(schema=_FLAGS), *(batch.select(list(_FLAGS)) for batch in run.findings)]
    )
    asked = {
        "LC002": (RELATIONSHIP, "end", "open"), "LC015": (RELATIONSHIP, "end", "open"),
        "LC029": (RELATIONSHIP, "unit", None), "LC003": (MATTER, "closed", None),
        "LC028": (MATTER, "closed", None),
    }  # fmt: skip
    for code, (subject, field, only) in asked.items():
        flagged = found.filter(rule=code).select(
            pl.col("source").alias(SOURCE), pl.col("row").alias(ROW)
        )
        for stock in stocks:
            if stock.subject == subject:
                rows = stock.frame.filter(only) if only else stock.frame
                yield _flagged(rows, flagged.unique(), (code, stock.system, subject, field))


_FLAGS = {"source": pl.String, "row": pl.UInt64, "rule": pl.String}


def _flagged(
    rows: pl.DataFrame, flagged: pl.DataFrame, facts: tuple[str, str, str, str]
) -> pl.DataFrame:
    marked = flagged.with_columns(flawed=pl.lit(value=True))
    verdict = rows.select(SOURCE, ROW).join(
        marked, on=[SOURCE, ROW], how="left", maintain_order="left"
    )
    groups = rows.select(
        SOURCE, ROW, unit="unit_name", task="service_task", year="shown_year", worker="worker"
    )
    return rows_of(groups, verdict.with_columns(pl.col("flawed").fill_null(value=False)), facts)
