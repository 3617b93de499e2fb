"""The report as one page: it needs no network, and can be printed."""

from kirjaamo.archive.readiness import tables
from kirjaamo.archive.readiness.counting import STATES, Area, State
from kirjaamo.archive.readiness.report import Report
from kirjaamo.messages import gettext
from kirjaamo.pages import render
from kirjaamo.wording import day, number, visible

CLASSES = {State.READY: "good", State.PARTLY: "warn", State.NOT_READY: "bad", State.UNKNOWN: ""}
"""State to the class of its colour; the word stands beside it."""


def page(told: Report, *, reveal: bool = False) -> bytes:
    """Return the page in the language in use; workers are named only when *reveal*."""
    sentence = gettext("{ready} of {total} areas are ready; {count} things are open.")
    lead = sentence.format(ready=told.ready, total=len(told.areas), count=len(told.blockers))
    return render(
        "kirjaamo.archive", "readiness.html.j2",
        title=gettext("Readiness to store client documents in the national repository"),
        organisation=visible(told.organisation), day=day(told.as_of), lead=lead,
        cards=[_card(area) for area in told.areas],
        blockers=told.blockers, blocker_columns=tables.headings(tables.BLOCKERS),
        view=tables.written(tables.view(told)), view_columns=tables.headings(tables.VIEW),
        staff=tables.written(tables.staff(told)), staff_columns=tables.headings(tables.STAFF),
        persons=tables.written(tables.persons(told)) if reveal else [],
        person_columns=tables.headings(tables.PERSONS),
        entries=list(tables.entries(told)), entry_columns=tables.headings(tables.ENTRIES),
        units=tables.written(tables.units(told)), unit_columns=tables.headings(tables.UNITS),
    )  # fmt: skip


def _card(area: Area) -> dict[str, object]:
    share = gettext("{done} of {total}").format(
        done=number(area.done), total=number(area.total)
    )
    return {
        "name": area.name,
        "state": gettext(STATES[area.state]),
        "class": CLASSES[area.state],
        "share": share if area.total else "",
        "width": round(100 * area.done / area.total) if area.total else 0,
        "figures": area.figures,
    }
