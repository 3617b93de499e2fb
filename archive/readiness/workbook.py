"""The report as a workbook: every table of the page, and the places."""

from typing import BinaryIO

from kirjaamo.archive.readiness import tables
from kirjaamo.archive.readiness.report import Report
from kirjaamo.messages import N_, gettext
from kirjaamo.tabular import Sheet, write_workbook
from kirjaamo.wording import day


def write(stream: BinaryIO, told: Report, *, reveal: bool = False) -> None:
    """Write the workbook in the language in use; workers are named only when *reveal*."""
    facts = {
        gettext(N_("Organisation")): told.organisation,
        gettext(N_("Day")): day(told.as_of),
        gettext(N_("Areas that are ready")): f"{told.ready} / {len(told.areas)}",
    }
    sheets = [
        Sheet(_title(N_("Readiness")), tables.headings(tables.AREAS), tables.areas(told), facts, (34, 18)),
        Sheet(_title(N_("Open")), tables.headings(tables.BLOCKERS), told.blockers, widths=(34, 90)),
        Sheet(_title(N_("Figures")), tables.headings(tables.FIGURES), tables.figures(told), widths=(34, 54)),
        Sheet(_title(N_("Client view")), tables.headings(tables.VIEW), tables.view(told), widths=(54, 9, 12, 54, 18)),
        Sheet(_title(N_("Places")), tables.headings(tables.PLACES), tables.places(told), widths=(54, 12, 18, 34)),
        Sheet(_title(N_("Signing")), tables.headings(tables.STAFF), tables.staff(told)),
        Sheet(_title(N_("Plan")), tables.headings(tables.ENTRIES), tables.entries(told), widths=(60, 12, 14)),
        Sheet(_title(N_("Units")), tables.headings(tables.UNITS), tables.units(told), widths=(14, 14, 40)),
    ]  # fmt: skip
    if reveal:
        sheets.append(
            Sheet(_title(N_("Workers")), tables.headings(tables.PERSONS), tables.persons(told))
        )
    write_workbook(stream, sheets)


def _title(name: str) -> str:
    return gettext(name)[:31]
