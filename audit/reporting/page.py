"""The report as one page: it needs no network, and can be printed."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from kirjaamo.audit.definition import AREAS
from kirjaamo.audit.reporting import charts, sentences, tables
from kirjaamo.audit.reporting.content import Content
from kirjaamo.audit.reporting.wording import GROUPINGS, bounds, group_name
from kirjaamo.classifications import Codes
from kirjaamo.messages import gettext
from kirjaamo.pages import render
from kirjaamo.wording import day, number, per_cent, points, visible

FAIR = 3
"""An area is fair up to so many times the goal's share of flaws."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Groups by area: name of a group, then text and level of each cell."""

    key: str
    name: str
    rows: list[tuple[str, list[tuple[str, str]]]]


def page(told: Content, codes: Codes) -> bytes:
    """Return the page in the language in use."""
    drills = [tables.drill(told, by, codes) for by in GROUPINGS]
    return render(
        "kirjaamo.audit", "report.html.j2",
        title=gettext("Quality of recording"),
        organisation=visible(told.organisation), day=day(told.scores.as_of),
        lead=sentences.lead(told), whole=points(told.whole, 1), cards=list(_cards(told)),
        charts=list(_charts(told)), before=visible(told.before),
        change_sentence=sentences.changes(told), change_columns=tables.change_columns(),
        change_rows=list(zip(tables.changes(told), tables.tones(told), strict=True)),
        change_counts=tables.change_counts(told), findings=list(_findings(told)),
        limits=[points(100 * (1 - told.goal)), points(100 * (1 - FAIR * told.goal))],
        area_names=[gettext(name) for name in AREAS.values()],
        heats=[_heat(told, by, codes) for by in ("unit", "task")],
        drills=drills, method=list(sentences.method(told)),
        definition_columns=tables.definition_columns(), definitions=tables.definitions(told),
        left_columns=tables.left_columns(), left=tables.left(told),
    )  # fmt: skip


def _charts(told: Content) -> Iterator[tuple[str, Markup]]:
    if charts.available() and told.findings:
        yield gettext("Most important flaws"), charts.findings(told)
    if charts.available() and not told.areas.filter(pl.col("by") == "period").is_empty():
        yield gettext("Scores of the areas over time"), charts.trend(told)


def _cards(told: Content) -> Iterator[dict[str, object]]:
    for card in told.cards:
        spans = gettext("Interval of 95 %: {low} to {high}")
        known = card.low is not None and card.high is not None
        text = spans.format(low=points(card.low, 1), high=points(card.high, 1)) if known else ""
        yield {
            "area": card.area, "name": gettext(card.name), "score": points(card.score, 1),
            "width": round(card.score or 0), "bounds": text,
            "count": gettext("Measures: {count}").format(count=card.measures),
        }  # fmt: skip


def _findings(told: Content) -> Iterator[dict[str, str]]:
    for found in told.findings:
        one = found.measure
        count = gettext("{flawed} of {judged} judged records; interval {bounds}")
        yield {
            "area": str(one.area), "title": gettext(one.title), "share": per_cent(found.share),
            "count": count.format(
                flawed=number(found.flawed), judged=number(found.judged),
                bounds=bounds(found.low, found.high),
            ),
            "about": gettext(one.about), "advice": gettext(one.advice),
            "system": gettext(one.system), "poor": gettext(found.example.poor),
            "good": gettext(found.example.good),
        }  # fmt: skip


def _heat(told: Content, by: str, codes: Codes) -> Heat:
    """Return the scores of the areas by one grouping."""
    rows = told.areas.filter(pl.col("by") == by)
    scores = {(row["group"], row["area"]): row["score"] for row in rows.to_dicts()}
    groups = rows["group"].unique().sort().to_list()
    cells = [
        (
            group_name(by, group, codes),
            [_cell(scores.get((group, str(area))), told.goal) for area in AREAS],
        )
        for group in groups
    ]
    return Heat(f"heat-{by}", gettext(GROUPINGS[by]), cells)


def _cell(score: float | None, goal: float) -> tuple[str, str]:
    """Return a cell's text and level."""
    if score is None:
        return points(None), ""
    flaws = 1 - score / 100
    level = "high" if flaws <= goal else "middle" if flaws <= FAIR * goal else "low"
    return points(score), level
