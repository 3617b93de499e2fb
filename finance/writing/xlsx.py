"""The review grid as a workbook: grids with links to their facts, facts with their source rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from kirjaamo.files import replacing
from kirjaamo.finance.facts import Filing, Review
from kirjaamo.finance.writing.grid import Fact, Grid, Section, grid
from kirjaamo.finance.writing.head import head
from kirjaamo.messages import N_, gettext
from kirjaamo.tabular import CREATED

MOST: Final = 200
"""Most grids of a workbook; further ones are on the sheet of facts alone."""

FACTS: Final = N_("Facts")
"""Name of the sheet of all facts."""

HEADINGS: Final = (
    N_("Data point"), N_("Name"), N_("Value"), N_("Previous"), N_("Difference"),
    N_("Source rows"), N_("Breakdown"),
)  # fmt: skip

_FIRST: Final = 1  # row of the first fact, counted from 0


def write(path: Path, filing: Filing, review: Review | None = None) -> None:
    """Write the workbook, whole or not at all.

    Raises:
        FactsError: The facts cannot stand in one instance.
        CannotWriteError: The file cannot be written.
    """
    made = grid(filing, review)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with replacing(path) as stream, xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": CREATED, "author": "Kirjaamo"})
        _Writer(book, made).write()


class _Writer:
    """Writes the sheets of a grid."""

    def __init__(self, book: Any, made: Grid) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self.book, self.grid = book, made
        self.bold = book.add_format({"bold": True, "bg_color": "#DDE7F0", "text_wrap": True})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.money = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.sum = book.add_format({"num_format": "#,##0.00", "bold": True})

    def write(self) -> None:
        """Write the head, the grids, the facts, and what is gone."""
        self._head()
        for number, section in enumerate(self.grid.sections[:MOST], start=1):
            self._section(self.book.add_worksheet(f"{gettext('Grid')} {number}"), section)
        self._facts(self.book.add_worksheet(gettext(FACTS)))
        if self.grid.gone:
            self._gone(self.book.add_worksheet(gettext(N_("Gone"))))

    def _head(self) -> None:
        page = self.book.add_worksheet(gettext(N_("Report")))
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 90)
        rows = [*head(self.grid), *self._contents()]
        for place, (name, value) in enumerate(rows):
            page.write_string(place, 0, name, self.bold)
            page.write_string(place, 1, value, self.text)

    def _contents(self) -> Iterator[tuple[str, str]]:
        """Yield the names of the grids with what they are about."""
        for number, section in enumerate(self.grid.sections[:MOST], start=1):
            yield f"{gettext('Grid')} {number}", self._title(section)

    def _title(self, section: Section) -> str:
        metric, day, *others = section.title
        return " · ".join([*map(self.grid.name, (metric, *others)), day])

    def _section(self, page: Any, section: Section) -> None:  # noqa: ANN401 - same
        """Write a grid; a number leads to its fact."""
        page.set_column(0, 0, 40)
        page.set_column(1, len(section.columns) + 1, 18)
        page.write_string(0, 0, self._title(section), self.bold)
        for place, column in enumerate(section.columns, start=1):
            page.write_string(0, place, self.grid.name(column) or gettext("Value"), self.bold)
        page.write_string(0, len(section.columns) + 1, gettext("Sum"), self.bold)
        page.freeze_panes(1, 1)
        for place, row in enumerate(section.rows, start=1):
            page.write_string(place, 0, self.grid.name(row) or gettext("Value"), self.bold)
            for number, column in enumerate(section.columns, start=1):
                fact = section.cells.get((row, column))
                if fact is not None:
                    self._linked(page, (place, number), fact)
            total = section.row_sums.get(row, 0)
            page.write_number(place, len(section.columns) + 1, total, self.sum)
        self._sums(page, section, len(section.rows) + 1)

    def _sums(self, page: Any, section: Section, place: int) -> None:  # noqa: ANN401 - same
        page.write_string(place, 0, gettext("Sum"), self.bold)
        for number, column in enumerate(section.columns, start=1):
            page.write_number(place, number, section.column_sums.get(column, 0), self.sum)
        page.write_number(place, len(section.columns) + 1, section.total, self.sum)

    def _linked(self, page: Any, place: tuple[int, int], fact: Fact) -> None:  # noqa: ANN401 - same
        """Write a number that leads to the row of its fact."""
        target = f"#'{gettext(FACTS)}'!A{fact.number + _FIRST}"
        formula = f'=HYPERLINK("{target}",{fact.amount:f})'
        page.write_formula(*place, formula, self.money, float(fact.amount or 0))

    def _facts(self, page: Any) -> None:  # noqa: ANN401 - same
        for number, width in enumerate((14, 60, 18, 18, 18, 50, 70)):
            page.set_column(number, number, width)
        for number, name in enumerate(HEADINGS):
            page.write_string(0, number, gettext(name), self.bold)
        page.freeze_panes(1, 0)
        for place, fact in enumerate(self.grid.facts, start=_FIRST):
            page.write_string(place, 0, fact.id, self.text)
            page.write_string(place, 1, fact.label, self.text)
            if fact.amount is None:
                page.write_string(place, 2, fact.value, self.text)
            else:
                page.write_number(place, 2, fact.amount, self.money)
            for number, amount in ((3, fact.before), (4, fact.change)):
                if amount is not None:
                    page.write_number(place, number, amount, self.money)
            page.write_string(place, 5, "\n".join(fact.sources)[:32_767], self.text)
            page.write_string(place, 6, fact.signature, self.text)
        page.autofilter(0, 0, len(self.grid.facts), len(HEADINGS) - 1)

    def _gone(self, page: Any) -> None:  # noqa: ANN401 - same
        """Write what only the previous filing has."""
        page.set_column(0, 2, 30)
        for number, name in enumerate((HEADINGS[0], HEADINGS[1], HEADINGS[3])):
            page.write_string(0, number, gettext(name), self.bold)
        for place, row in enumerate(self.grid.gone, start=1):
            for number, text in enumerate(row):
                page.write_string(place, number, text, self.text)
