"""What speaks for a new code: four kinds of evidence, each with a score from 0 to 100.

The *name* of the old value is like a name of the code; records with the value bear the code in
another way (*together*); an approved mapping of another list says so (*prior*); what stands
beside the value has such a name (*beside*).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import polars as pl
from rapidfuzz import fuzz, process, utils

from kirjaamo.classifications import Codes
from kirjaamo.classifications.oid import same_list
from kirjaamo.mappings import together
from kirjaamo.mappings.choices import Choice
from kirjaamo.mappings.crosswalk import Crosswalk
from kirjaamo.mappings.occurrences import Occurrences
from kirjaamo.mappings.targets import Target

LIKE: Final = 75
"""Least likeness of two names, from 0 to 100, that is evidence."""

_BESIDE: Final = 0.8  # what a neighbour is called says less than what the value is called
_SHARE: Final = 0.5  # least share of records that is evidence
_LETTERS: Final = 4  # a shorter text is a code, not a name

Texts = Iterable[tuple[str, str]]
"""Old values, each with the name by which the old system knows it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What suggestions are made from.

    Attributes:
        crosswalks: The crosswalks in use.
        codes: The code lists.
        day: The day on which a new code must be in force.
    """

    crosswalks: Mapping[str, Crosswalk]
    codes: Codes
    day: dt.date


class Hint(NamedTuple):
    """One piece of evidence that an old value becomes a choice."""

    old: str
    choice: Choice
    kind: str
    score: float
    detail: str = ""


def _best(text: str, offered: Iterable[Choice]) -> Iterator[tuple[Choice, float]]:
    """Yield the choices that have a name like *text*, with the likeness."""
    by_name = [(name, choice) for choice in offered for name in choice.names]
    hits = process.extract(
        text,
        [name for name, _ in by_name],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=LIKE,
        limit=10,
    )
    for name, _, place in hits:
        yield by_name[place][1], likeness(text, name)


def likeness(text: str, other: str) -> float:
    """Return how like two names are, from 0 to 100; a name inside another one is like it.

    >>> likeness("Asumisen tuki", "asumisen tuki")
    100.0
    """
    one, two = utils.default_process(text), utils.default_process(other)
    return 0.75 * fuzz.WRatio(one, two) + 0.25 * fuzz.ratio(one, two)


def by_name(texts: Texts, offered: list[Choice]) -> Iterator[Hint]:
    """Yield the choices whose name is like that of an old value."""
    for old, text in texts:
        if len(text) >= _LETTERS:
            yield from (Hint(old, c, "name", score) for c, score in _best(text, offered))


def by_records(
    found: Occurrences,
    target: Target,
    known: Known,
    offered: list[Choice],
    beside: pl.DataFrame,
) -> Iterator[Hint]:
    """Yield what the records with a value bear in another way: see `together`."""
    values = found.values(target.field)["old"]
    became = together.landed(values, found.system, target, known.crosswalks, known.codes)
    both = (
        together.through(beside, became),
        together.directly(found, target, known.crosswalks, known.codes),
    )
    by_code = {choice.code: choice for choice in offered if choice.code}
    for old, new, field, share in pl.concat(both).iter_rows():
        if share >= _SHARE and new in by_code:
            yield Hint(old, by_code[new], "together", 100 * share, field)


def by_prior(
    texts: Texts, target: Target, known: Known, offered: list[Choice]
) -> Iterator[Hint]:
    """Yield what approved rows of other mappings to the same list say of a like name."""
    prior = [
        (name, row["old"], row["new"], row["new_name"])
        for name, one in known.crosswalks.items()
        if name != target.name and same_list(one.target, target.target)
        for row in one.rows.filter(pl.col("status") == "approved").iter_rows(named=True)
    ]
    by_key = {(c.code, "" if c.code else c.fi): c for c in offered}
    for old, text in texts:
        for name, other, new, new_name in prior:
            score = _alike(text, other)
            choice = by_key.get((new, new_name))
            if score >= LIKE and choice:
                yield Hint(old, choice, "prior", score, name)


def _alike(text: str, other: str) -> float:
    """Return how alike two old values are; short codes only when they are equal."""
    if min(len(text), len(other)) < _LETTERS:
        return float(LIKE) if text == other else 0.0
    return likeness(text, other)


def neighbours(found: Occurrences, beside: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Return the names of what stands beside every value, with its share of the records."""
    share = pl.col("rows") / pl.col("rows").sum().over("old", "field")
    names = pl.concat([found.names, *_became(found, known)]).rename({"old": "beside"})
    named = names.unique(["field", "beside"], keep="last", maintain_order=True)
    return (
        beside.with_columns(share.alias("share"))
        .join(named, on=["field", "beside"], how="inner")
        .group_by("old", "field", "name")
        .agg(pl.col("share").sum())
        .sort("old", "field", "name")
    )


def _became(found: Occurrences, known: Known) -> Iterator[pl.DataFrame]:
    """Yield the national names of values that are mapped or national: ``field, old, name``."""
    for target in found.targets():
        values = found.values(target.field)["old"]
        done = together.landed(values, found.system, target, known.crosswalks, known.codes)
        names = {
            new: known.codes.get(target.target).display(new, "fi") for new in done.values()
        }
        rows = [(target.field, old, names[new]) for old, new in done.items() if names[new]]
        yield pl.DataFrame(rows, schema=found.names.schema, orient="row")


def by_neighbours(beside: pl.DataFrame, offered: list[Choice]) -> Iterator[Hint]:
    """Yield the choices that have a name like what stands beside a value."""
    likes = {name: list(_best(name, offered)) for name in beside["name"].unique().sort()}
    sums: dict[tuple[str, Choice, str], float] = {}
    for old, field, name, share in beside.iter_rows():
        for choice, score in likes[name]:
            key = (old, choice, field)
            sums[key] = max(sums.get(key, 0.0), _BESIDE * share * score)
    yield from (Hint(old, c, "beside", score, field) for (old, c, field), score in sums.items())
