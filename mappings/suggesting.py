"""Ranked suggestions of new codes, each with its evidence; none is ever applied by itself.

Independent pieces of evidence add up, but never to certainty.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Final

import polars as pl

from kirjaamo.mappings import together
from kirjaamo.mappings.choices import Choice, choices
from kirjaamo.mappings.evidence import (
    Hint,
    Known,
    by_name,
    by_neighbours,
    by_prior,
    by_records,
    neighbours,
)
from kirjaamo.mappings.occurrences import Occurrences, like_a_code
from kirjaamo.mappings.targets import Target
from kirjaamo.messages import N_, gettext

__all__ = ["ENOUGH", "MOST", "SCHEMA", "Known", "Suggestion", "ranked", "suggestions", "table"]

ENOUGH: Final = 50
"""Least score of a suggestion."""

MOST: Final = 99
"""Highest score: evidence is never certainty."""

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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A choice for an old value, with its score and evidence."""

    choice: Choice
    score: int
    evidence: str


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
        *by_name(((old, names.get(old, old)) for old in olds), offered),
        *by_records(found, target, known, offered, beside),
        *by_prior(((old, names.get(old, old)) for old in olds), target, known, offered),
        *by_neighbours(neighbours(found, beside, known), offered),
    ]
    wanted = set(olds)
    return ranked((hint for hint in hints if hint.old in wanted), most)


def ranked(hints: Iterable[Hint], most: int) -> dict[str, list[Suggestion]]:
    """Return at most *most* suggestions for every old value, best first."""
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
