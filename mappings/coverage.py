"""How much of what occurs in the exports is mapped, and why the rest is not.

Rows are records with a value in a coded field; decisions are those of the table of decisions.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from kirjaamo.mappings.crosswalk import OUTCOMES, SCHEMA, Crosswalk, local
from kirjaamo.mappings.loading import find
from kirjaamo.mappings.occurrences import DAY, UNIT, Occurrences, like_a_code
from kirjaamo.mappings.suggesting import Known
from kirjaamo.mappings.targets import Target
from kirjaamo.messages import N_

COVERED: Final = ("approved", "national")
"""Outcomes with a new code."""

REASONS: Final = (*OUTCOMES[1:], "unknown", "not_a_code")
"""Outcomes without one.

*unknown* is a value that may be national, but stands in no complete list; *not_a_code* is a
text that can be the code of no list.
"""

WORDS: Final = (
    N_("approved"), N_("national"), N_("unmappable"), N_("waiting"), N_("proposed"),
    N_("rejected"), N_("missing"), N_("unknown"), N_("not_a_code"),
)  # fmt: skip

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("mapping",),
    "unit": ("mapping", "unit"),
    "year": ("mapping", "year"),
    "reason": ("mapping", "outcome", "reason"),
}
"""By what coverage can be told, beside systems, and the columns that tell it apart."""

OUTCOME: Final = pl.Schema(
    {
        "mapping": pl.String,
        "system": pl.String,
        "table": pl.String,
        "old": pl.String,
        "unit": pl.String,
        "day": pl.Date,
        "new": pl.String,
        "outcome": pl.String,
        "reason": pl.String,
        "national": pl.Boolean,
    }
)


def outcomes(found: Occurrences, target: Target, known: Known) -> pl.DataFrame:
    """Return every record with a value of a field, and what becomes of the value."""
    values = found.values(target.field)
    graded = values.hstack(_graded(values, found, target, known))
    return graded.with_columns(
        pl.lit(target.name).alias("mapping"),
        pl.lit(found.system).alias("system"),
        pl.lit(target.national).alias("national"),
    ).match_to_schema(OUTCOME)


def _graded(
    values: pl.DataFrame, found: Occurrences, target: Target, known: Known
) -> pl.DataFrame:
    """Return ``new``, ``outcome`` and ``reason`` of values with ``old``, ``unit`` and ``day``."""
    crosswalk = find(known.crosswalks, local(found.system, target.field), target.target)
    used = crosswalk or Crosswalk(target.name, "", target.target, pl.DataFrame(schema=SCHEMA))
    answers = used.apply(values, old="old", unit="unit", day="day")
    may_be_national = target.national and target.field not in found.mapped
    code_list = known.codes.find(target.target) if may_be_national else None
    in_list = code_list.known(pl.col("old")) if code_list else pl.lit(value=False)
    is_open = code_list is not None and not (code_list.complete and code_list.has_codes)
    both = values.select("old").hstack(answers)
    without = pl.col("status") == "missing"
    outcome = (
        pl.when(without & in_list.fill_null(value=False))
        .then(pl.lit("national"))
        .when(without & ~like_a_code(pl.col("old")))
        .then(pl.lit("not_a_code"))
        .when(without & pl.lit(is_open))
        .then(pl.lit("unknown"))
        .otherwise("status")
    )
    national = pl.when(pl.col("outcome") == "national").then("old")
    return both.with_columns(outcome=outcome).select(
        pl.coalesce("new", national).alias("new"), "outcome", "reason"
    )


def every(found: Iterable[Occurrences], known: Known, wanted: Iterable[str]) -> pl.DataFrame:
    """Return the outcomes of every system and list; *wanted* are names of crosswalks, if any."""
    chosen = set(wanted)
    parts = [
        outcomes(one, target, known)
        for one in found
        for target in one.targets()
        if not chosen or target.name in chosen
    ]
    return pl.concat([pl.DataFrame(schema=OUTCOME), *parts])


def coverage(graded: pl.DataFrame, by: str = "list") -> pl.DataFrame:
    """Return rows and decisions covered, as counts and per cent, and the rest by outcome.

    *by* is one of `GROUPS`: a line for every list, for every list and unit or year, or for
    every reason that was given.
    """
    keys = list(GROUPS[by])
    dated = graded.with_columns(year=pl.col("day").dt.year())
    if by == "reason":
        return _by_reason(dated.filter(~pl.col("outcome").is_in(COVERED)), keys)
    return dated.group_by(keys).agg(_counts()).sort(keys, nulls_last=True)


def _counts() -> Sequence[pl.Expr]:
    covered = pl.col("outcome").is_in(COVERED)
    decision = pl.col("table") == "decision"
    return [
        pl.len().alias("rows"),
        covered.sum().alias("covered"),
        _percent(covered.sum(), pl.len()).alias("percent"),
        decision.sum().alias("decisions"),
        (covered & decision).sum().alias("decisions_covered"),
        _percent((covered & decision).sum(), decision.sum()).alias("decisions_percent"),
        *((pl.col("outcome") == word).sum().alias(word) for word in REASONS),
    ]


def _percent(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Return per cent with one place, rounded down so that 100 means all; null of nothing."""
    share = (part.cast(pl.Int64) * 1000 // whole.cast(pl.Int64)) / 10
    return pl.when(whole > 0).then(share.round(1))


def _by_reason(rest: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    counted = rest.group_by(keys).agg(
        pl.len().alias("rows"), (pl.col("table") == "decision").sum().alias("decisions")
    )
    return counted.sort(["rows", *keys], descending=[True, False, False, False])


def by_system(graded: pl.DataFrame, found: Iterable[Occurrences], known: Known) -> pl.DataFrame:
    """Return the coverage of every system; a decision is covered when all its codes are.

    A field that is empty needs no code.  Local lists do not count for decisions: they become
    national in several fields.
    """
    rows = graded.group_by("system").agg(_counts()).sort("system")
    whole = [_decisions(one, known) for one in found if "decision" in one.tables]
    counts = {"decisions": pl.UInt32, "decisions_covered": pl.UInt32}
    told = pl.DataFrame(whole, schema={"system": pl.String, **counts}, orient="row")
    percent = _percent(pl.col("decisions_covered"), pl.col("decisions"))
    joined = rows.drop(counts).join(told, on="system", how="left", maintain_order="left")
    return joined.with_columns(percent.alias("decisions_percent")).select(rows.columns)


def _decisions(found: Occurrences, known: Known) -> tuple[str, int, int]:
    """Return the system, its decisions, and those that have every national code."""
    frame = found.tables["decision"].rename({UNIT: "unit", DAY: "day"})
    whole = pl.repeat(value=True, n=frame.height, eager=True, dtype=pl.Boolean)
    for target in found.targets():
        if target.national and target.field in frame.columns:
            values = frame.select(pl.col(target.field).alias("old"), "unit", "day")
            graded = _graded(values, found, target, known)
            fine = graded["outcome"].is_in(COVERED) | values["old"].is_null()
            whole &= fine.fill_null(value=True)
    return found.system, frame.height, int(whole.sum())
