"""Entries of about 300 characters, as many as asked for, some of them copies."""

import datetime as dt

import numpy as np
import polars as pl

from kirjaamo.samples.defects.recording import WORDS
from kirjaamo.sources.tables import System

CHARACTERS = 300
COPIES = 50
"""One entry in so many is a near copy of the one before it."""

TEXT_WORDS, SENTENCE = 52, 10


def entries(rows: int, seed: int = 1) -> System:
    """Return a system of *rows* entries with units, workers and matters."""
    chance = np.random.default_rng(seed)
    numbers = pl.int_range(rows, eager=True)
    words = pl.Series(WORDS)
    texts = pl.DataFrame({"number": numbers}).with_columns(
        text=_texts(chance, rows, words).str.slice(0, CHARACTERS)
    )
    copied = pl.col("number") % COPIES == COPIES - 1
    day = dt.datetime(2023, 1, 1)  # noqa: DTZ001 - records hold local times without a zone
    event = pl.lit(day) + pl.duration(minutes=pl.col("number") % 1_500_000)
    table = texts.select(
        pl.lit("entries.csv").alias("_source"),
        (pl.col("number") + 2).cast(pl.UInt64).alias("_row"),
        entry_id=pl.format("E{}", "number"),
        client_id=pl.format("A{}", pl.col("number") // 20),
        matter_id=pl.format("M{}", pl.col("number") // 20),
        service_task=pl.lit("10"),
        structure=pl.lit("1.2.246.537.6.12.2002.345"),
        status=pl.lit("valmis"),
        event_time=event,
        recorded_time=event + pl.duration(days=pl.col("number") % 10),
        author=pl.format("T{}", pl.col("number") % 1400),
        text=pl.when(copied).then(pl.col("text").shift(1) + " lisäys").otherwise("text"),
    )
    return System("S", _with_others(table), frozenset(), {})


def _texts(chance: np.random.Generator, rows: int, words: pl.Series) -> pl.Series:
    """Return a text of random words for every row, some at a time."""
    parts = []
    for first in range(0, rows, 100_000):
        count = min(100_000, rows - first)
        drawn = words.gather(pl.Series(chance.integers(0, len(words), count * TEXT_WORDS)))
        stops = pl.Series([" ", *[" "] * (SENTENCE - 2), ". "] * (TEXT_WORDS // SENTENCE + 1))
        ends = pl.concat([stops.head(TEXT_WORDS)] * count)
        frame = pl.DataFrame({"word": drawn, "end": ends}).with_columns(
            row=pl.int_range(pl.len()) // TEXT_WORDS
        )
        joined = frame.group_by("row", maintain_order=True).agg(
            (pl.col("word") + pl.col("end")).str.join("")
        )
        parts.append(joined["word"])
    return pl.concat(parts)


def _with_others(entry: pl.DataFrame) -> dict[str, pl.DataFrame]:
    matter = entry.select("matter_id", "service_task").unique("matter_id", maintain_order=True)
    workers = entry["author"].unique(maintain_order=True)
    worker = pl.DataFrame({"worker_id": workers}).with_columns(
        unit=pl.format("U{}", pl.int_range(pl.len()) % 60)
    )
    return {"entry": entry, "matter": matter, "worker": worker}
