"""Charts as SVG: Vega-Altair describes them, vl-convert draws them, both offline.

Both are of the extra ``kirjaamo[charts]``; without it a report has its tables and says so.
Colours are marks that the page's style sheet turns into those of light, dark and print.
"""

import re
from typing import TYPE_CHECKING, Any

import polars as pl
from markupsafe import Markup, escape

from kirjaamo.audit.definition import AREAS
from kirjaamo.audit.reporting.content import Content
from kirjaamo.audit.reporting.wording import title
from kirjaamo.messages import gettext

if TYPE_CHECKING:
    import altair as alt

INK, QUIET, LINE, BAR, SOFT = "#010203", "#020304", "#030405", "#040506", "#050607"
"""Marks of colours; ``report.css`` says what they stand for."""

SERIES = ("#101112", "#202122", "#303132", "#404142")
"""Marks of the colours of the four areas."""

WIDTH, BARS = 540, 320
"""Widths of a line chart and of a chart of bars, whose names stand beside it."""

MARGIN = 45
"""Room for letters that are wider in a browser than where the chart is drawn."""


def available() -> bool:
    """Return whether charts can be drawn."""
    try:
        import altair as alt  # noqa: F401 - an extra
        import vl_convert  # noqa: F401 - an extra
    except ImportError:
        return False
    return True


def findings(told: Content) -> Markup:
    """Return bars of the most important flaws with their intervals."""
    import altair as alt

    rows = [
        {"name": title(f.measure.code), "share": 100 * f.share, "low": 100 * f.low,
         "high": 100 * f.high}
        for f in told.findings
    ]  # fmt: skip
    order = [str(row["name"]) for row in rows]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "name:N", sort=order, title=None, axis=alt.Axis(labelLimit=300, labelFontSize=13)
        )
    )
    bars = base.mark_bar(color=BAR, height=14, cornerRadiusEnd=3).encode(
        x=alt.X("share:Q", title=gettext("Flawed of judged records, %"))
    )
    spans = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    return _drawn(
        bars + spans,
        gettext("Most important flaws"),
        "flaws",
        height=34 * max(len(rows), 1),
        width=BARS,
    )


def trend(told: Content) -> Markup:
    """Return a line for each area over the months; years are shown when there are no months."""
    import altair as alt

    rows = told.areas.filter((pl.col("by") == "period") & (pl.col("group") != ""))
    months = rows.filter(pl.col("group").str.len_chars() > len("2025"))
    shown = months if months["group"].n_unique() > 1 else rows
    names = [gettext(name) for name in AREAS.values()]
    wide = dict(zip(map(str, AREAS), names, strict=True))
    values = [
        {"time": row["group"], "score": row["score"], "area": wide[row["area"]]}
        for row in shown.to_dicts()
    ]
    lowest = min((row["score"] for row in values), default=0)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("time:O", title=None, axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("score:Q", title=gettext("Score, 0 to 100"),
                scale=alt.Scale(domain=[max(0, 10 * (lowest // 10 - 1)), 100])),
        color=alt.Color("area:N", sort=names, title=None,
                        scale=alt.Scale(domain=names, range=list(SERIES)),
                        legend=alt.Legend(orient="top", columns=2, labelLimit=300, columnPadding=70)),
        shape=alt.Shape("area:N", sort=names, title=None, scale=alt.Scale(domain=names)),
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=2.5) + base.mark_point(size=50, filled=True, opacity=1)
    return _drawn(lines, gettext("Scores of the areas over time"), "areas", height=260)


def _drawn(
    chart: "alt.LayerChart", name: str, key: str, *, height: int, width: int = WIDTH
) -> Markup:
    """Return the chart as SVG that a reader of a screen calls *name*."""
    import vl_convert

    axis: dict[str, Any] = {
        "labelColor": QUIET, "titleColor": QUIET, "gridColor": LINE, "domainColor": LINE,
        "tickColor": LINE, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    }  # fmt: skip
    made = (
        chart.properties(
            width=width,
            height=height,
            background="transparent",
            padding={"left": MARGIN, "right": MARGIN // 3, "top": 5, "bottom": 5},
        )
        .configure(font="system-ui, sans-serif", aria=False)
        .configure_view(stroke=None)
        .configure_axis(**axis)
        .configure_legend(labelColor=INK, labelFontSize=13)
    )
    svg = vl_convert.vegalite_to_svg(made.to_json(), show_warnings=False)
    bare = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    bare = _own_names(bare, key)
    named = bare.replace("<svg ", f'<svg role="img" aria-label="{escape(name)}" ', 1)
    return Markup(named)  # noqa: S704 - drawn here; texts in it are escaped by the drawer


def _own_names(svg: str, key: str) -> str:
    """Return a drawing whose clips are numbered anew: the drawer counts on from chart to chart."""
    found = dict.fromkeys(re.findall(r"\bclip[0-9]+\b", svg))
    numbers = {name: f"{key}-{number}" for number, name in enumerate(found)}
    return re.sub(r"\bclip[0-9]+\b", lambda name: numbers[name[0]], svg)
