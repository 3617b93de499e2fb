"""The tables of a report, as rows of text for the page and of values for the workbook."""

from dataclasses import dataclass
from typing import Any

from kirjaamo.audit.definition import AREAS
from kirjaamo.audit.measures import get
from kirjaamo.audit.reporting.content import Content
from kirjaamo.audit.reporting.wording import GROUPINGS, bounds, group_name, title
from kirjaamo.audit.trend.comparing import WORDS, Change
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext
from kirjaamo.wording import number, per_cent, points


@dataclass(frozen=True, slots=True)
class Drill:
    """One table: rows are text."""

    key: str
    name: str
    columns: list[str]
    rows: list[list[str]]
    numbers: tuple[int, ...]


def drill(told: Content, by: str, codes: Codes) -> Drill:
    """Return every measure by one grouping."""
    heading = gettext(GROUPINGS[by])
    columns = [
        heading,
        gettext("Measure"),
        gettext("Judged"),
        gettext("Flawed"),
        gettext("Share"),
        gettext("Interval 95 %"),
    ]
    rows = [
        [
            group_name(by, row["group"], codes), f"{title(row['measure'])} ({row['measure']})",
            number(row["judged"]), number(row["flawed"]), per_cent(row["share"]),
            bounds(row["low"], row["high"]),
        ]
        for row in told.scores.of(by).sort("group", "measure").to_dicts()
    ]  # fmt: skip
    return Drill(f"by-{by}", heading, columns, rows, (2, 3, 4, 5))


TONES = {Change.BETTER: "good", Change.WORSE: "bad", Change.REDEFINED: "warn", Change.SAME: ""}
"""Change to its tone, a class of the style sheet: surest first."""


def change_columns() -> list[str]:
    """Return the headings of the table of changes."""
    names = (N_("Measure"), N_("Before"), N_("Now"), N_("Difference in points"), N_("Change"))
    return [gettext(name) for name in names]


def changes(told: Content) -> list[list[str]]:
    """Return the changes of all records: surest first."""
    return [
        [
            title(row["measure"]), per_cent(row["before"]), per_cent(row["after"]),
            "\u2013" if row["difference"] is None else points(100 * row["difference"], 1),
            gettext(WORDS[Change(row["change"])]),
        ]
        for row in _surest_first(told)
    ]  # fmt: skip


def _surest_first(told: Content) -> list[dict[str, Any]]:
    order = [str(one) for one in TONES]
    return sorted(told.changes.to_dicts(), key=lambda row: order.index(row["change"]))


def tones(told: Content) -> list[str]:
    """Return the tone of every row of `changes`: a class of the style sheet."""
    return [TONES[Change(row["change"])] for row in _surest_first(told)]


def change_counts(told: Content) -> list[tuple[str, int, str]]:
    """Return how many measures changed in which way, with its tone; ways of none are left out."""
    counts = [
        (gettext(WORDS[one]), len(told.changed(one)), tone) for one, tone in TONES.items()
    ]
    return [row for row in counts if row[1]]


def definition_columns() -> list[str]:
    """Return the headings of the table of definitions."""
    names = (
        N_("Code"),
        N_("Measure"),
        N_("Area"),
        N_("Definition"),
        N_("What the system causes"),
        N_("Source"),
        N_("Thresholds"),
        N_("Version"),
    )
    return [gettext(name) for name in names]


def definitions(told: Content) -> list[list[str]]:
    """Return what each measure that was asked is."""
    versions = dict(told.scores.table.select("measure", "definition").unique().iter_rows())
    rows = []
    for code in sorted(versions):
        one = get(code)
        settings = "; ".join(
            f"{s.name}: {s.default} ({gettext(s.about)})" for s in one.settings
        )
        rows.append([
            code, gettext(one.title), gettext(AREAS[one.area]), gettext(one.about),
            gettext(one.system), gettext(one.source), settings, versions[code],
        ])  # fmt: skip
    return rows


def left_columns() -> list[str]:
    """Return the headings of the table of what was not judged."""
    return [gettext(name) for name in (N_("Measure"), N_("System"), N_("Field"), N_("Why"))]


def left(told: Content) -> list[list[str]]:
    """Return what was not judged, and the records of small groups."""
    smallest = told.smallest[0]
    rows = [
        [title(one.measure), one.system, one.place, gettext(one.reason)]
        for one in told.scores.left
    ]
    for code, count in sorted(told.scores.hidden.items()):
        if count:
            many = number(count) if count >= smallest else f"< {smallest}"
            why = gettext("{count} records of small groups are left out").format(count=many)
            rows.append([title(code), "", "", why])
    return rows
