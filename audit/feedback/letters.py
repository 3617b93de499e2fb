"""Feedback letters: what goes well in a unit, what to mend first, and how.

A letter holds only what the report shows of the unit; it names nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kirjaamo.audit.definition import AREAS
from kirjaamo.audit.examples import EXAMPLES
from kirjaamo.audit.measures import get
from kirjaamo.audit.reporting.content import WEIGHT, Content
from kirjaamo.audit.reporting.wording import bounds, title
from kirjaamo.messages import gettext
from kirjaamo.pages import render
from kirjaamo.wording import day, number, per_cent, points, visible

GOOD, TO_MEND = 3, 3


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one unit: what its pages show."""

    unit: str
    values: Mapping[str, object]

    def html(self) -> bytes:
        """Return the letter as a page that prints on one or two sheets."""
        return render("kirjaamo.audit", "letter.html.j2", **self.values)

    def markdown(self) -> bytes:
        """Return the letter as Markdown."""
        return render("kirjaamo.audit", "letter.md.j2", **self.values)


def letters(told: Content) -> list[Letter]:
    """Return a letter for every unit that is shown and known."""
    rows = told.scores.of("unit").filter(pl.col("group") != "")
    return [_letter(told, str(unit)) for unit in rows["group"].unique().sort()]


def _letter(told: Content, unit: str) -> Letter:
    rows = told.scores.of("unit").filter(pl.col("group") == unit)
    whole = dict(told.scores.of("all").select("measure", "share").iter_rows())
    ranked = sorted(rows.to_dicts(), key=lambda row: (-_weight(row), row["measure"]))
    mend = [row for row in ranked if row["flawed"]][:TO_MEND]
    well = [row for row in reversed(ranked) if row["share"] <= whole[row["measure"]]][:GOOD]
    values = {
        "title": gettext("Feedback on recording: {unit}").format(unit=visible(unit)),
        "organisation": visible(told.organisation), "day": day(told.scores.as_of),
        "areas": _areas(told, unit), "well": [_line(row, whole) for row in well if row not in mend],
        "mend": [_line(row, whole) for row in mend],
    }  # fmt: skip
    return Letter(unit, values)


def _weight(row: Mapping[str, object]) -> float:
    return WEIGHT[get(str(row["measure"])).severity] * float(str(row["low"]))


def _areas(told: Content, unit: str) -> list[tuple[str, str]]:
    found = told.areas.filter((pl.col("by") == "unit") & (pl.col("group") == unit))
    scores = dict(found.select("area", "score").iter_rows())
    return [(gettext(name), points(scores.get(str(area)))) for area, name in AREAS.items()]


def _line(row: Mapping[str, object], whole: Mapping[str, float]) -> dict[str, str]:
    """Return what a letter says of one measure."""
    code = str(row["measure"])
    sentence = gettext("{flawed} of {judged}, {share} (interval {bounds}; all units {whole})")
    flawed, judged = int(str(row["flawed"])), int(str(row["judged"]))
    share, low, high = (float(str(row[name])) for name in ("share", "low", "high"))
    return {
        "title": title(code), "advice": gettext(get(code).advice),
        "system": gettext(get(code).system), "good": gettext(EXAMPLES[code].good),
        "count": sentence.format(
            flawed=number(flawed), judged=number(judged), share=per_cent(share),
            bounds=bounds(low, high), whole=per_cent(whole[code]),
        ),
    }  # fmt: skip
