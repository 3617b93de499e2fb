"""The sheets *Summary* and *Findings* as rows of cells, whichever library writes them."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

import kirjaamo
from kirjaamo.messages import N_, gettext
from kirjaamo.reports import wording
from kirjaamo.reports.xlsx.marks import COMMENTS, Finding, Where, sentences
from kirjaamo.run import Run, State
from kirjaamo.sources import Piece, Unit
from kirjaamo.sources.profile import Part
from kirjaamo.wording import day, number, visible

COLOURS: Mapping[str, str] = {"error": "FFC7CE", "warning": "FFEB9C", "note": "DDEBF7"}
"""Severity to the colour behind a cell."""

FULL = 1_048_576
"""Rows of a sheet."""

NAME = 31
"""Characters in the name of a sheet."""


SIZE = 8 << 20
"""Bytes of a source that are read at a time."""


class Source(Protocol):
    """A source that can be read again; `kirjaamo.sources.formats.Source` is one."""

    @property
    def location(self) -> str:
        """Return the path or the URL."""

    @property
    def part(self) -> Part:
        """Return the part of the profile that explains it."""

    def units(self, size: int) -> Iterator[Unit]:
        """Yield the units, about *size* bytes each, in order."""

    def read(self, unit: Unit) -> Piece:
        """Return what stands in a unit."""


class Link(NamedTuple):
    """A cell of the workbook that another cell leads to."""

    sheet: str
    cell: str

    @property
    def target(self) -> str:
        """Return the reference, as formulas write it."""
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!{self.cell}"


class Cell(NamedTuple):
    """A value with a style (``title``, ``header``, ``link`` or a severity) and a link."""

    value: str | int
    style: str = ""
    link: Link | None = None


class Column(NamedTuple):
    """Heading and width of a column."""

    heading: str
    width: int


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and that is not *taken*; it is taken afterwards.

    >>> sheet_name("asiakkaat/2026.csv", set())
    'asiakkaat 2026.csv'
    """
    base = re.sub(r"[\[\]:*?/\\]", " ", visible(wanted)).strip("' ") or "1"
    name, number = base[:NAME], 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = base[: NAME - len(tail)] + tail
    taken.add(name.casefold())
    return name


def findings_columns() -> list[Column]:
    """Return the columns of the sheet *Findings*."""
    return [
        Column(gettext(N_("Rule")), 9),
        Column(gettext(N_("Severity")), 12),
        Column(gettext(N_("Source")), 28),
        Column(gettext(N_("Row")), 9),
        Column(gettext(N_("Column")), 24),
        Column(gettext(N_("Cell")), 9),
        Column(gettext(N_("What is wrong")), 60),
        Column(gettext(N_("Details")), 24),
        Column(gettext(N_("What to do")), 60),
    ]


def findings_rows(run: Run, places: Mapping[str, Where]) -> Iterator[list[Cell]]:
    """Yield every finding as a row of the sheet *Findings*."""
    said = sentences(run)
    names = ("source", "field", *Finding._fields)
    for batch in run.findings:
        for source, field, *facts in batch.select(names).iter_rows():
            finding = Finding(*facts)
            link = _link(finding, places.get(source))
            title, advice = said[finding.rule]
            yield [
                Cell(finding.rule),
                Cell(gettext(wording.SEVERITY[finding.severity]), finding.severity),
                Cell(visible(source)),
                Cell(finding.row or ""),
                Cell(visible(finding.column or field)),
                Cell(link.cell if link else "", "link" if link else "", link),
                Cell(title),
                Cell(wording.parameters(finding.parameters)),
                Cell(advice),
            ]


def _link(finding: Finding, where: Where | None) -> Link | None:
    found = where.rows.get(finding.row) if where else None
    if where is None or found is None:
        return None
    sheet, row = found
    return Link(sheet, cell_name(row, where.column(finding.column)))


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell; *row* counts from 1, *column* from 0.

    >>> cell_name(5, 27)
    'AB5'
    """
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def summary_columns() -> list[Column]:
    """Return the columns of the sheet *Summary*, which has headings of its own."""
    return [Column("", width) for width in (34, 22, 14, 60, 60)]


def summary_rows(run: Run) -> Iterator[list[Cell]]:
    """Yield the rows of the sheet *Summary*: sources, rules, and what was not run."""
    title = gettext(N_("Kirjaamo {version}: check as of {day}"))
    yield [Cell(title.format(version=kirjaamo.__version__, day=day(run.as_of)), "title")]
    yield [
        Cell(
            gettext(N_("This workbook holds the records themselves. Keep it as they are kept."))
        )
    ]
    yield []
    yield from _sources(run)
    yield []
    yield from _rules(run)
    yield []
    yield [Cell(gettext(N_("Findings set aside by a waiver"))), Cell(run.waived)]
    yield [Cell(gettext(N_("Findings that the baseline already had"))), Cell(run.known)]
    many = gettext(
        N_("A sheet has at most {count} comments; every cell is coloured and listed.")
    )
    yield [Cell(many.format(count=number(COMMENTS)))]


def _headings(*texts: str) -> list[Cell]:
    return [Cell(text, "header") for text in texts]


def _sources(run: Run) -> Iterator[list[Cell]]:
    yield _headings(
        gettext(N_("Source")),
        gettext(N_("Encoding")),
        gettext(N_("Rows")),
        gettext(N_("Tables")),
    )
    for source in run.sources:
        yield [
            Cell(visible(source.source)),
            Cell(source.encoding),
            Cell(source.rows),
            Cell(", ".join(source.tables)),
        ]


def _rules(run: Run) -> Iterator[list[Cell]]:
    yield _headings(
        gettext(N_("Rule")),
        gettext(N_("State")),
        gettext(N_("Count")),
        gettext(N_("What is wrong")),
        gettext(N_("Why it was not run everywhere")),
    )
    for state in run.states:
        shown = state.rule.severity if state.state is State.FOUND else ""
        broken = state.reasons or state.state in {State.NOT_RUN, State.FAILED}
        why = wording.explanation(state) if broken else ""
        yield [
            Cell(state.rule.code),
            Cell(gettext(wording.STATE[state.state]), shown),
            Cell(state.found),
            Cell(gettext(state.rule.title)),
            Cell(why),
        ]
