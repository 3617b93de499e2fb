"""Counts by worker: only for those who were asked to look, with ``--reveal``, and logged."""

import polars as pl

from kirjaamo.audit.scores.intervals import with_shares
from kirjaamo.audit.scores.judging import Judged


def by_worker(judged: Judged) -> pl.DataFrame:
    """Return ``measure``, ``system``, ``worker``, ``judged``, ``flawed`` and the share.

    Sorted by worker, never by share: it is no ranking.
    """
    parts = [
        rows.lazy()
        .filter(pl.col(code).is_not_null(), pl.col("worker").is_not_null())
        .group_by("system", "worker")
        .agg(judged=pl.len().cast(pl.Int64), flawed=pl.col(code).sum().cast(pl.Int64))
        .with_columns(measure=pl.lit(code))
        for rows in judged.tables.values()
        for code in judged.asked
        if code in rows.columns
    ]
    keys = ["measure", "system", "worker"]
    if not parts:
        return pl.DataFrame(schema=dict.fromkeys(keys, pl.String))
    counts = pl.concat(parts).group_by(keys).sum().sort("system", "worker", "measure").collect()
    return with_shares(counts)
