"""How far a survey has come: kinds and records, by system, and what is left."""

from typing import Final

import polars as pl

from kirjaamo.archive.survey.model import KEY, OUTCOMES, Survey
from kirjaamo.archive.survey.reading import Found
from kirjaamo.messages import N_

DONE: Final = ("approved", "left-out", "waiting")
"""Outcomes that a person need not look at again."""

HEADINGS: Final = (
    N_("system"), N_("kinds"), N_("kinds confirmed"), N_("records"), N_("records confirmed"),
    N_("share"), N_("state"), N_("table"), N_("local type"), N_("name"), N_("local service task"),
)  # fmt: skip
"""Columns of what is shown."""


def graded(found: Found, survey: Survey) -> pl.DataFrame:
    """Return the kinds of the exports with their ``outcome``; see `OUTCOMES`."""
    outcomes = survey.frame.select(*KEY, "outcome")
    joined = found.kinds().join(outcomes, on=list(KEY), how="left", maintain_order="left")
    return joined.with_columns(pl.col("outcome").fill_null("missing"))


def by_system(kinds: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each system: kinds and records, and how many of them are confirmed."""
    done = pl.col("outcome").is_in(DONE)
    records = pl.col("records").cast(pl.Int64)
    counted = kinds.group_by("system", maintain_order=True).agg(
        pl.len().alias("kinds"),
        done.sum().alias("kinds confirmed"),
        records.sum().alias("records"),
        records.filter(done).sum().alias("records confirmed"),
    )
    share = 100 * pl.col("records confirmed") / pl.col("records")
    return counted.sort("system").with_columns(share.floor().cast(pl.Int64).alias("share"))


def by_state(kinds: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each outcome in the order of `OUTCOMES`: kinds and records."""
    counted = kinds.group_by("outcome").agg(
        pl.len().alias("kinds"), pl.col("records").cast(pl.Int64).sum()
    )
    order = pl.DataFrame({"outcome": list(OUTCOMES)})
    return order.join(counted, on="outcome", how="left", maintain_order="left").select(
        state="outcome", kinds=pl.col("kinds").fill_null(0), records=pl.col("records").fill_null(0)
    )  # fmt: skip


def remaining(kinds: pl.DataFrame) -> pl.DataFrame:
    """Return the kinds that wait for a person, the most frequent first."""
    return kinds.filter(~pl.col("outcome").is_in(DONE)).select(
        "system",
        "table",
        pl.col("old").alias("local type"),
        pl.col("old_name").fill_null("").alias("name"),
        pl.col("task").alias("local service task"),
        "records",
        pl.col("outcome").alias("state"),
    )


def share_done(kinds: pl.DataFrame) -> float:
    """Return which share of the records is confirmed; of no records all of them."""
    counts = kinds["records"].cast(pl.Int64)
    total = int(counts.sum())
    done = int(counts.filter(kinds["outcome"].is_in(DONE)).sum())
    return done / total if total else 1.0
