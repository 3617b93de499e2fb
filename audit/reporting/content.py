"""What a report tells, computed once for page, workbook and terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from kirjaamo.audit.definition import AREAS, Measure
from kirjaamo.audit.examples import EXAMPLES, Example
from kirjaamo.audit.measures import get, measures
from kirjaamo.audit.scores.areas import area_scores, whole_score
from kirjaamo.audit.scores.counting import ALL, Scores
from kirjaamo.audit.trend.comparing import Change, compared
from kirjaamo.audit.trend.score_files import ScoreFile, made
from kirjaamo.findings import Severity

TOP = 8
WEIGHT: Mapping[Severity, float] = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1}
"""How much a flaw weighs when findings are ranked."""


@dataclass(frozen=True, slots=True)
class AreaCard:
    """One area of competence: its score of 0 to 100 and the bounds; None when not measured."""

    area: str
    name: str
    score: float | None
    low: float | None
    high: float | None
    measures: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure among the most important ones."""

    measure: Measure
    example: Example
    judged: int
    flawed: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Content:
    """All that a report tells.

    Attributes:
        organisation: Its name.
        scores: The counts.
        areas: Scores of areas by group.
        whole: Mean of the areas; None when nothing could be judged.
        cards: The four areas of all records.
        findings: The most important flaws, worst first.
        changes: What changed since *before*; empty without it.
        before: Name of the snapshot that it is compared with, or "".
        goal: Share of flaws up to which an area counts as in order.
        smallest: Records and workers that a shown group has at least.
    """

    organisation: str
    scores: Scores
    areas: pl.DataFrame
    whole: float | None
    cards: tuple[AreaCard, ...]
    findings: tuple[Finding, ...]
    changes: pl.DataFrame
    before: str
    goal: float
    smallest: tuple[int, int]

    def changed(self, change: Change) -> list[dict[str, object]]:
        """Return the changes of one kind."""
        return self.changes.filter(pl.col("change") == str(change)).to_dicts()


def content(
    scores: Scores,
    organisation: str,
    before: ScoreFile | None,
    *,
    goal: float,
    smallest: tuple[int, int],
) -> Content:
    """Return what a report of *scores* tells."""
    areas = area_scores(scores.table)
    now = made(scores, "", units=True)
    changes = compared(before or now, now)
    return Content(
        organisation, scores, areas, whole_score(areas), tuple(_cards(areas)),
        tuple(_findings(scores)), changes if before else changes.clear(),
        before.label if before else "", goal, smallest,
    )  # fmt: skip


def _cards(areas: pl.DataFrame) -> Iterator[AreaCard]:
    of_all = {row["area"]: row for row in areas.filter(pl.col("by") == ALL).to_dicts()}
    for area, name in AREAS.items():
        row = of_all.get(str(area), {})
        yield AreaCard(
            str(area), name, row.get("score"), row.get("low"), row.get("high"),
            row.get("measures", 0),
        )  # fmt: skip


def _findings(scores: Scores) -> Iterator[Finding]:
    """Yield the measures with flaws: those first that weigh most and are surest."""
    weight = {code: WEIGHT[one.severity] for code, one in measures().items()}
    rank = pl.col("measure").replace_strict(weight, return_dtype=pl.Float64) * pl.col("low")
    flawed = scores.of(ALL).filter(pl.col("flawed") > 0)
    for row in flawed.sort(rank, "measure", descending=[True, False]).head(TOP).to_dicts():
        code = row["measure"]
        yield Finding(
            get(code), EXAMPLES[code], row["judged"], row["flawed"], row["share"], row["low"],
            row["high"],
        )  # fmt: skip
