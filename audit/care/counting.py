"""Counts of data care that can be kept and compared: how many flawed records now and last time.

A snapshot has the same form as one of an audit, so that it is compared with the same intervals.
Units and service tasks with few records are left out, as in every report that travels.
"""

import hashlib
import json

import msgspec
import polars as pl

from kirjaamo.audit.care.boundary import Boundary
from kirjaamo.audit.care.checking import Terms
from kirjaamo.audit.care.checks import CHECKS, MINIMUM, REGISTER
from kirjaamo.audit.care.minimum import Minimum
from kirjaamo.audit.care.verdicts import Found
from kirjaamo.audit.scores.counting import ALL, SCHEMA, Scores
from kirjaamo.audit.scores.hiding import without_small
from kirjaamo.audit.scores.intervals import with_shares

GROUPS = ("unit", "task")
BY = (ALL, *GROUPS)
"""How counts are grouped."""

PREFIX = "care/"
"""How the names of snapshots of data care begin, so that no audit is compared with one."""


def counts(found: Found) -> pl.DataFrame:
    """Return for every check how many records were judged and flawed: ``code``, ``field``."""
    return (
        found.rows.group_by("code", "table", "field", maintain_order=True)
        .agg(judged=pl.len().cast(pl.Int64), flawed=pl.col("flawed").sum().cast(pl.Int64))
        .sort("code", "table", "field")
    )


def grouped(found: Found, by: str) -> pl.DataFrame:
    """Return for every check and group how many records were judged and flawed.

    Args:
        found: What was found.
        by: ``unit``, ``task`` or ``year``.
    """
    return (
        found.rows.group_by("code", pl.col(by).fill_null("").alias("group"))
        .agg(judged=pl.len().cast(pl.Int64), flawed=pl.col("flawed").sum().cast(pl.Int64))
        .filter(pl.col("flawed") > 0)
        .sort("code", "group")
    )


def scores(found: Found, terms: Terms, records: int) -> Scores:
    """Return the counts in the form of an audit, without small groups.

    Args:
        found: What was found.
        terms: What was asked, which makes the definitions.
        records: Records that a shown group has at least.
    """
    rows = found.rows.with_columns(worker=pl.lit(None, pl.String))
    tables, hidden = [pl.DataFrame(schema=SCHEMA)], {}
    for code in sorted(rows["code"].unique()):
        cells = (
            rows.filter(code=code)
            .group_by(*GROUPS, "worker")
            .agg(judged=pl.len().cast(pl.Int64), flawed=pl.col("flawed").sum().cast(pl.Int64))
            .with_columns(pl.col(GROUPS).fill_null(""))
        )
        kept = without_small(cells, GROUPS, records, 1)
        hidden[code] = int(cells["judged"].sum()) - int(kept["judged"].sum())
        if not kept.is_empty():
            tables += [_of(kept, code, by, definition(code, terms)) for by in BY]
    counted = with_shares(pl.concat(tables))
    return Scores(counted, found.as_of, found.rows.height, hidden, ())


def _of(cells: pl.DataFrame, code: str, by: str, defined: str) -> pl.DataFrame:
    group = pl.lit("") if by == ALL else pl.col(by)
    counted = cells.group_by(group.alias("group")).agg(pl.col("judged", "flawed").sum())
    return counted.sort("group").select(
        measure=pl.lit(code), definition=pl.lit(defined), by=pl.lit(by), group="group",
        judged="judged", flawed="flawed",
    )  # fmt: skip


def definition(code: str, terms: Terms) -> str:
    """Return what tells a definition from another: version, and hash of the data it asks."""
    version = CHECKS[code].version if code in CHECKS else 1
    data: dict[str, Minimum | Boundary] = {MINIMUM: terms.minimum, REGISTER: terms.boundary}
    facts = msgspec.to_builtins(data.get(code), builtin_types=())
    text = json.dumps(facts, sort_keys=True, default=str)
    return f"{version}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
