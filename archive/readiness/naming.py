"""Texts that name a client who is not the client of the record.

A person is named by a given name and the family name side by side, in any of their forms; names
of the staff do not count.  Names of people who are in no export cannot be known here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Final

import polars as pl

from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

_WORD: Final = r"\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?"
_NAMES: Final = rf"{_WORD}(?: +{_WORD}){{1,3}}"  # two to four words with capitals
_SPACES: Final = re.compile(" +")

Owner = Callable[[str], str]
"""Gives the plain name of which a word is a form, or nothing."""

_NAMED: Final = frozenset({"first_names", "last_name"})


def naming_others(
    rows: pl.DataFrame,
    system: System,
    names: Callable[[Iterable[str]], Owner],
    fields: Sequence[str],
) -> pl.DataFrame | None:
    """Return the records whose text has the given and family name of a client who is not theirs."""
    clients, workers = system.tables.get("client"), system.tables.get("worker")
    texts = [name for name in fields if name in rows.columns]
    if not texts or clients is None or not set(clients.columns) >= _NAMED:
        return None
    found = _plain(_runs(rows, texts), names, clients)
    if workers is not None and set(workers.columns) >= _NAMED:
        found = found.join(_persons(workers, "worker_id"), on="_pair", how="anti")
    met = found.join(_persons(clients, "client_id"), on="_pair", how="inner")
    own = pl.col("client_id").is_in(pl.col("_clients")).fill_null(value=False)
    others = met.group_by(SOURCE, ROW, "_pair").agg(own.any().alias("own"))
    places = others.filter(~pl.col("own")).select(SOURCE, ROW).unique()
    return rows.join(places, on=[SOURCE, ROW], how="semi", maintain_order="left")


def _plain(
    found: pl.DataFrame, names: Callable[[Iterable[str]], Owner], clients: pl.DataFrame
) -> pl.DataFrame:
    """Return a row for every two words of a run, names of clients in the place of their forms."""
    owner = names([*clients["last_name"].drop_nulls(), *clients["first_names"].drop_nulls()])
    pairs = {run: _of_run(run, owner) for run in found["_run"].unique().sort()}
    listed = pl.Series("_pair", [pairs[run] for run in found["_run"]], pl.List(pl.String))
    return found.with_columns(listed).explode("_pair").drop_nulls("_pair")


def _of_run(run: str, owner: Owner) -> list[str]:
    words = [owner(word) for word in _SPACES.split(run)]
    return [" ".join(pair) for pair in combinations(words, 2) if all(pair)]


def _persons(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return every pair of a given and the family name of persons, in small letters."""
    split = frame.select(
        pl.col(key),
        pl.col("last_name").str.strip_chars().str.to_lowercase().alias("_last"),
        pl.col("first_names").str.to_lowercase().str.extract_all(r"[\p{L}-]+").alias("_first"),
    ).explode("_first")
    pair = pl.concat_str("_first", "_last", separator=" ")
    return split.select(key, pair.alias("_pair")).drop_nulls().unique(maintain_order=True)


def _runs(rows: pl.DataFrame, texts: Sequence[str]) -> pl.DataFrame:
    """Return the words with capitals that stand side by side in texts, by record."""
    text = pl.concat_str(texts, separator="\n", ignore_nulls=True)
    return (
        rows.select(SOURCE, ROW, "_clients", text.str.extract_all(_NAMES).alias("_run"))
        .explode("_run")
        .drop_nulls("_run")
        .unique([SOURCE, ROW, "_run"], maintain_order=True)
    )
