"""What is wrong with the crosswalks in use, by themselves and on what occurs in the exports.

A report of a check may travel: it names mappings and rows, and never an old value.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import polars as pl

from kirjaamo.classifications import CodeList
from kirjaamo.mappings.crosswalk import Crosswalk
from kirjaamo.mappings.suggesting import Known
from kirjaamo.messages import N_

SCHEMA: Final = pl.Schema(
    {
        "mapping": pl.String,
        "problem": pl.String,
        "severity": pl.String,
        "values": pl.Int64,  # old values concerned
        "records": pl.Int64,  # records that bear them, as far as exports were given
        "places": pl.String,  # rows of the mapping, as `kirjaamo map list NAME` numbers them
    }
)

PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    "not_total": ("error", N_("codes of the old list have no row")),
    "unmapped": ("error", N_("values that occur have no row")),
    "not_begun": ("note", N_("nothing of the list is mapped yet")),
    "not_approved": ("warning", N_("rows wait for a decision")),
    "waiting": ("warning", N_("rows wait for an official code")),
    "unknown_list": ("error", N_("the new list is not known")),
    "unknown_code": ("error", N_("the new code is not in the list")),
    "not_in_force": ("error", N_("the new code is not in force on the day of use")),
    "not_in_force_then": ("note", N_("the new code was not in force on the day of the record")),
    "uncertain_code": ("warning", N_("the new code is uncertain")),
    "local_deviation": (
        "warning",
        N_("one old value becomes different codes in different units"),
    ),
    "several_systems": (
        "note",
        N_("one old value becomes different codes in different systems"),
    ),
    "overridden": ("note", N_("rows of the base are overridden by the workspace")),
    "never_used": ("note", N_("rows whose old value does not occur")),
}
"""Problem to its severity and what it means."""

_MOST: Final = 20  # rows that are named


def check(known: Known, graded: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the problems of every crosswalk, worst first.

    *graded* are the outcomes of what occurs (`kirjaamo.mappings.coverage.every`); without them
    only the crosswalks themselves are looked at.
    """
    rows = [row for one in known.crosswalks.values() for row in _of_rows(one, known)]
    rows += _across(known.crosswalks.values())
    if graded is not None:
        rows += _of_values(graded, known)
    found = pl.DataFrame(rows, schema=SCHEMA, orient="row").filter(pl.col("values") > 0)
    order = {"error": 0, "warning": 1, "note": 2}
    return found.sort(
        pl.col("severity").replace_strict(order, return_dtype=pl.Int8), "mapping", "problem"
    )


def _row(
    mapping: str, problem: str, rows: pl.DataFrame, records: int | None = None
) -> tuple[object, ...]:
    """Return a line of the report about *rows*, which have a ``number`` where they have a place."""
    numbers = sorted(set(rows["number"])) if "number" in rows.columns else []
    named = ", ".join(map(str, numbers[:_MOST])) + (" …" if len(numbers) > _MOST else "")
    return mapping, problem, PROBLEMS[problem][0], rows["old"].n_unique(), records, named


def numbered(crosswalk: Crosswalk) -> pl.DataFrame:
    """Return the rows of a crosswalk with their ``number``, from 1."""
    return crosswalk.rows.with_row_index("number", offset=1)


def _of_rows(one: Crosswalk, known: Known) -> Iterator[tuple[object, ...]]:
    rows = numbered(one)
    alive = rows.filter(pl.col("status") != "rejected")
    target, source = known.codes.find(one.target), _source(one, known)
    if source is not None:
        lacking = source.on(known.day).filter(~pl.col("code").is_in(alive["old"].implode()))
        yield _row(one.name, "not_total", lacking.select(old="code"))
    yield _row(one.name, "not_approved", rows.filter(pl.col("status") == "proposed"))
    awaited = alive.filter(pl.col("new").is_null(), pl.col("new_name") != "")
    yield _row(one.name, "waiting", awaited)
    deviating = pl.col("new").fill_null("").n_unique().over("old") > 1
    approved = rows.filter(pl.col("status") == "approved")
    several = pl.col("unit").n_unique().over("old") > 1
    yield _row(one.name, "local_deviation", approved.filter(deviating & several))
    yield _row(one.name, "overridden", one.replaced)
    if target is None or not target.has_codes:
        yield _row(one.name, "unknown_list", alive)
        return
    yield from _of_codes(one.name, alive.filter(pl.col("new").is_not_null()), target, known.day)


def _source(one: Crosswalk, known: Known) -> CodeList | None:
    return None if one.source.startswith("local:") else known.codes.find(one.source)


def _of_codes(
    name: str, rows: pl.DataFrame, target: CodeList, day: dt.date
) -> Iterator[tuple[object, ...]]:
    """Yield what the list says of the new codes: known, in force, certain."""
    new = pl.col("new")
    known = rows.filter(target.known(new))
    yield _row(name, "unknown_code", rows.filter(~target.known(new)))
    dated = pl.col("valid_from").is_not_null() | pl.col("valid_to").is_not_null()
    begins = pl.when(dated).then(pl.coalesce("valid_from", "valid_to")).otherwise(day)
    ends = pl.when(dated).then(pl.coalesce("valid_to", "valid_from")).otherwise(day)
    usable = target.valid_on(new, begins) & target.valid_on(new, ends)
    yield _row(name, "not_in_force", known.filter(~usable))
    yield _row(name, "uncertain_code", known.filter(new.is_in(target.uncertain.implode())))


def _across(crosswalks: Iterable[Crosswalk]) -> list[tuple[object, ...]]:
    """Return values that several systems map differently to one list, for the same field."""
    parts = [
        one.rows.filter(pl.col("status") == "approved", pl.col("new").is_not_null()).select(
            "old",
            "new",
            mapping=pl.lit(one.name),
            field=pl.lit(one.source.rpartition(":")[2]),
            target=pl.lit(one.target),
        )
        for one in crosswalks
        if one.source.startswith("local:")
    ]
    if not parts:
        return []
    rows = pl.concat(parts)
    key = ["field", "target", "old"]
    differs = (pl.col("new").n_unique().over(key) > 1) & (
        pl.col("mapping").n_unique().over(key) > 1
    )
    groups = rows.filter(differs).partition_by("mapping", maintain_order=True)
    return [_row(group[0, "mapping"], "several_systems", group) for group in groups]


def _of_values(graded: pl.DataFrame, known: Known) -> Iterator[tuple[object, ...]]:
    """Yield what the records say: values without a row, and codes too young for them."""
    for group in graded.partition_by("mapping", maintain_order=True):
        name = group[0, "mapping"]
        crosswalk = known.crosswalks.get(name)
        optional = crosswalk is None and not group[0, "national"]
        unmapped = group.filter(pl.col("outcome").is_in(["missing", "not_a_code", "rejected"]))
        yield _row(name, "not_begun" if optional else "unmapped", unmapped, unmapped.height)
        if crosswalk is None:
            continue
        target = known.codes.find(crosswalk.target)
        if target is not None:
            then = target.valid_on(pl.col("new"), pl.col("day"))
            young = group.filter(pl.col("outcome") == "approved", ~then)
            yield _row(name, "not_in_force_then", young, young.height)
        idle = numbered(crosswalk).filter(~pl.col("old").is_in(group["old"].implode()))
        yield _row(name, "never_used", idle)
