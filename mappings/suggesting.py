"""Ranked suggestions of new codes, each with its evidence; none is ever applied by itself.

Four kinds of evidence, each a score from 0 to 100: the *name* of the old value is like a name
of the code; records with the value bear the code in another way (*together*); an approved
mapping of another list says so (*prior*); what stands beside the value has such a name
(*beside*).  Independent evidence adds up, but never to certainty.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Final, NamedTuple

import polars as pl
from rapidfuzz import fuzz, process, utils

from kirjaamo.classifications import Codes
from kirjaamo.classifications.oid import same_list
from kirjaamo.mappings import together
from kirjaamo.mappings.choices import Choice, choices
from kirjaamo.mappings.crosswalk import Crosswalk
from kirjaamo.mappings.occurrences import Occurrences, like_a_code
from kirjaamo.mappings.targets import Target
from kirjaamo.messages import N_, gettext

LIKE: Final = 75
"""Least likeness of two names, from 0 to 100, that is evidence."""

ENOUGH: Final = 50
"""Least score of a suggestion."""

MOST: Final = 99
"""Highest score: evidence is never certainty."""

_BESIDE: Final = 0.8  # what a neighbour is called says less than what the value is called
_SHARE: Final = 0.5  # least share of records that is evidence
_LETTERS: Final = 4  # a shorter text is a code, not a name

SCHEMA: Final = pl.Schema(
    {
        "mapping": pl.String,
        "old": pl.String,
        "old_name": pl.String,
        "rows": pl.UInt32,
        "rank": pl.Int64,
        "new": pl.String,  # null: the class is known, its code is not
        "new_name": pl.String,
        "score": pl.Int64,
        "evidence": pl.String,
    }
)

KINDS: Final[Mapping[str, str]] = {
    "name": N_("name {score}"),
    "together": N_("on the same records {score} % ({detail})"),
    "prior": N_("approved in {detail} {score}"),
    "beside": N_("name beside it {score} ({detail})"),
}
"""Kind of evidence to how it is written."""


class Hint(NamedTuple):
    """One piece of evidence that an old value becomes a choice."""

    old: str
    choice: Choice
    kind: str
    score: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A choice for an old value, with its score and evidence."""

    choice: Choice
    score: int
    evidence: str


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


def suggestions(
    found: Occurrences, target: Target, known: Known, most: int = 3
) -> dict[str, list[Suggestion]]:
    """Return at most *most* suggestions for every value that occurs, best first."""
    offered = choices(target, known.codes, known.day)
    values = found.values(target.field).filter(like_a_code(pl.col("old")))
    olds = list(values["old"].unique().sort())
    beside = together.pairs(found, target.field)
    names = dict(found.names.filter(pl.col("field") == target.field).drop("field").iter_rows())
    hints = [
        *_by_name(((old, names.get(old, old)) for old in olds), offered),
        *_by_records(found, target, known, offered, beside),
        *_by_prior(((old, names.get(old, old)) for old in olds), target, known, offered),
        *_by_neighbours(_neighbours(found, beside, known), offered),
    ]
    wanted = set(olds)
    return _ranked((hint for hint in hints if hint.old in wanted), most)


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


def _by_name(texts: Iterable[tuple[str, str]], offered: list[Choice]) -> Iterator[Hint]:
    for old, text in texts:
        if len(text) >= _LETTERS:
            yield from (Hint(old, c, "name", score) for c, score in _best(text, offered))


def _by_records(
    found: Occurrences,
    target: Target,
    known: Known,
    offered: list[Choice],
    beside: pl.DataFrame,
) -> Iterator[Hint]:
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


def _by_prior(
    texts: Iterable[tuple[str, str]], target: Target, known: Known, offered: list[Choice]
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


def _neighbours(found: Occurrences, beside: pl.DataFrame, known: Known) -> pl.DataFrame:
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


def _by_neighbours(neighbours: pl.DataFrame, offered: list[Choice]) -> Iterator[Hint]:
    likes = {name: list(_best(name, offered)) for name in neighbours["name"].unique().sort()}
    sums: dict[tuple[str, Choice, str], float] = {}
    for old, field, name, share in neighbours.iter_rows():
        for choice, score in likes[name]:
            key = (old, choice, field)
            sums[key] = max(sums.get(key, 0.0), _BESIDE * share * score)
    yield from (Hint(old, c, "beside", score, field) for (old, c, field), score in sums.items())


def _ranked(hints: Iterable[Hint], most: int) -> dict[str, list[Suggestion]]:
    by_old: dict[str, dict[Choice, dict[str, Hint]]] = {}
    for hint in hints:
        kinds = by_old.setdefault(hint.old, {}).setdefault(hint.choice, {})
        before = kinds.get(hint.kind)
        if before is None or (before.score, hint.detail) < (hint.score, before.detail):
            kinds[hint.kind] = hint
    return {
        old: sorted(
            (s for c, kinds in found.items() if (s := _sum(c, kinds)).score >= ENOUGH),
            key=lambda one: (
                -one.score,
                one.choice.code is None,
                one.choice.code or one.choice.fi,
            ),
        )[:most]
        for old, found in by_old.items()
    }


def _sum(choice: Choice, kinds: Mapping[str, Hint]) -> Suggestion:
    """Return the suggestion that independent pieces of evidence amount to."""
    doubt = prod(1 - hint.score / 100 for hint in kinds.values())
    words = [
        gettext(sentence).format(score=round(kinds[kind].score), detail=kinds[kind].detail)
        for kind, sentence in KINDS.items()
        if kind in kinds
    ]
    if choice.confidence == "uncertain":
        words.append(gettext("the code is uncertain"))
    return Suggestion(choice, min(MOST, round(100 * (1 - doubt))), " · ".join(words))


def table(found: Iterable[Occurrences], known: Known, wanted: Iterable[str]) -> pl.DataFrame:
    """Return the suggestions of every system as a table, most frequent values first.

    Values that are already mapped or national are left out.  *wanted* are names of crosswalks;
    when there are none, every crosswalk.
    """
    chosen = set(wanted)
    rows = [
        row
        for one in found
        for target in one.targets()
        if not chosen or target.name in chosen
        for row in _rows(one, target, known)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _rows(found: Occurrences, target: Target, known: Known) -> Iterator[tuple[object, ...]]:
    values = found.values(target.field)
    done = together.landed(values["old"], found.system, target, known.crosswalks, known.codes)
    counted = values.filter(~pl.col("old").is_in(list(done)), like_a_code(pl.col("old")))
    if counted.is_empty():
        return
    names = dict(found.names.filter(pl.col("field") == target.field).drop("field").iter_rows())
    best = suggestions(found, target, known)
    ordered = counted.group_by("old").len().sort(["len", "old"], descending=[True, False])
    for old, count in ordered.iter_rows():
        head = (target.name, old, names.get(old, ""), count)
        for rank, one in enumerate(best.get(old, []), start=1):
            yield (*head, rank, one.choice.code, one.choice.name, one.score, one.evidence)
        if not best.get(old):
            yield (*head, None, None, "", None, "")
