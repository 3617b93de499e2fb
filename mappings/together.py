"""Which codes stand beside which on the same records, and what the neighbours became."""

from collections.abc import Mapping

import polars as pl

from kirjaamo import records
from kirjaamo.classifications import Codes
from kirjaamo.classifications.oid import same_list
from kirjaamo.mappings.crosswalk import Crosswalk, local
from kirjaamo.mappings.loading import find
from kirjaamo.mappings.occurrences import DAY, UNIT, Occurrences, like_a_code
from kirjaamo.mappings.targets import Target

PAIRS = pl.Schema(
    {"old": pl.String, "field": pl.String, "beside": pl.String, "rows": pl.UInt32}
)
LIFT = 0.2
"""How much larger a share must be than usual before it says anything."""

SHARES = pl.Schema(
    {"old": pl.String, "new": pl.String, "field": pl.String, "share": pl.Float64}
)


def pairs(found: Occurrences, field: str) -> pl.DataFrame:
    """Return how often each value of *field* stands beside each value of other coded fields.

    Fields that a client has too are left out: they tell of persons, not of services.
    """
    persons = records.get("client").fields
    counted = [
        _both(frame, field, other)
        for table, frame in found.tables.items()
        if table != "client" and field in frame.columns
        for other in frame.columns
        if other not in {field, UNIT, DAY, *persons}
    ]
    every = pl.concat([pl.DataFrame(schema=PAIRS), *counted])
    return every.group_by("old", "field", "beside").agg(pl.col("rows").sum()).sort(
        ["old", "field", "rows", "beside"], descending=[False, False, True, False]
    )  # fmt: skip


def _both(frame: pl.DataFrame, field: str, other: str) -> pl.DataFrame:
    filled = frame.filter(pl.col(field).is_not_null(), like_a_code(pl.col(other)))
    counted = filled.group_by(old=pl.col(field), beside=pl.col(other)).agg(rows=pl.len())
    return counted.with_columns(pl.lit(other).alias("field")).match_to_schema(PAIRS)


def through(beside: pl.DataFrame, became: Mapping[str, str]) -> pl.DataFrame:
    """Return what values may become because their neighbours' other values became it.

    A decision type that nearly always stands beside one service task tells which task a
    misspelt code meant.  *beside* are `pairs`; *became* is old value to new code.  The rows of
    a value never speak for itself, a neighbour whose other rows are fewer than those of the value
    says little (they may be the mistakes), and a neighbour that stands beside everything says nothing:
    the share has to be larger than that of all records by `LIFT`.
    """
    mapped = beside.with_columns(
        new=pl.col("old").replace_strict(dict(became), default=None, return_dtype=pl.String)
    ).filter(pl.col("new").is_not_null())
    others = mapped.rename({"old": "other", "rows": "votes"})
    met = beside.join(others, on=["field", "beside"], how="inner")
    votes = met.filter(pl.col("old") != pl.col("other")).group_by(
        "old", "field", "beside", "rows", "new"
    ).agg(pl.col("votes").sum())  # fmt: skip
    key = ["old", "field", "beside"]
    heard = pl.max_horizontal(pl.col("votes").sum().over(key), pl.col("rows"))
    weight = pl.col("rows") * pl.col("votes") / heard
    total = beside.group_by("old", "field").agg(pl.col("rows").sum().alias("total"))
    shared = votes.with_columns(weight.alias("weight")).join(total, on=["old", "field"])
    grouped = shared.group_by("old", "new", "field").agg(
        share=pl.col("weight").sum() / pl.col("total").first()
    )
    usual = mapped.group_by("field", "new").agg(pl.col("rows").sum()).select(
        "field", "new", usual=pl.col("rows") / pl.col("rows").sum().over("field")
    )  # fmt: skip
    telling = grouped.join(usual, on=["field", "new"]).filter(
        pl.col("share") >= pl.col("usual") + LIFT
    )
    return telling.match_to_schema(SHARES, extra_columns="ignore")


def directly(
    found: Occurrences, target: Target, crosswalks: Mapping[str, Crosswalk], codes: Codes
) -> pl.DataFrame:
    """Return which codes of the target list stand in other fields of the same records."""
    shares = [
        _landed(frame, target, other, crosswalks, codes, found.system)
        for frame in found.tables.values()
        if target.field in frame.columns
        for other in found.targets()
        if other.field != target.field
        and other.field in frame.columns
        and same_list(other.target, target.target)
    ]
    return pl.concat([pl.DataFrame(schema=SHARES), *shares])


def _landed(  # noqa: PLR0913, PLR0917 - a pair of columns, and all that tells what they hold
    frame: pl.DataFrame,
    target: Target,
    other: Target,
    crosswalks: Mapping[str, Crosswalk],
    codes: Codes,
    system: str,
) -> pl.DataFrame:
    became = landed(frame[other.field].drop_nulls(), system, other, crosswalks, codes)
    seen = frame.select(
        old=pl.col(target.field),
        new=pl.col(other.field).replace_strict(became, default=None, return_dtype=pl.String),
    ).drop_nulls()
    counted = seen.group_by("old", "new").len()
    share = pl.col("len") / pl.col("len").sum().over("old")
    return counted.with_columns(
        share.cast(pl.Float64).alias("share"), pl.lit(other.field).alias("field")
    ).match_to_schema(SHARES, extra_columns="ignore")


def landed(
    values: pl.Series,
    system: str,
    target: Target,
    crosswalks: Mapping[str, Crosswalk],
    codes: Codes,
) -> dict[str, str]:
    """Return the old values that are already approved or national, and what they are."""
    distinct = values.unique().sort().alias("old").to_frame()
    crosswalk = find(crosswalks, local(system, target.field), target.target)
    if crosswalk:
        answers = distinct.hstack(crosswalk.apply(distinct, old="old").select("new"))
    else:
        answers = distinct.with_columns(new=pl.lit(None, pl.String))
    known = codes.find(target.target)
    if target.national and known:
        is_known = known.known(pl.col("old")).fill_null(value=False)
        answers = answers.with_columns(
            pl.coalesce("new", pl.when(is_known).then("old")).alias("new")
        )
    return dict(answers.drop_nulls().iter_rows())
