"""Findings gathered by cell: what is coloured, and what the comment says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import polars as pl

from kirjaamo.findings import SEVERITIES, Severity
from kirjaamo.messages import gettext
from kirjaamo.reports import wording
from kirjaamo.run import Run

COMMENTS = 10_000
"""Comments on one sheet; with many more, spreadsheets become too slow to use."""


WIDTH = 320
"""Width of a comment, in pixels."""

_LINE, _LETTERS = 18, 46
"""Height of a line of a comment in pixels, and the letters on it."""


class Finding(NamedTuple):
    """One finding of a row."""

    row: int
    column: str
    rule: str
    severity: str
    parameters: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that has findings.

    Attributes:
        column: 0-based column of the cell.
        severity: The worst severity of its findings.
        comment: What is wrong and what to do, for each rule.
    """

    column: int
    severity: Severity
    comment: str

    @property
    def height(self) -> int:
        """Return the height in pixels that shows the whole comment."""
        return _LINE * sum(1 + len(line) // _LETTERS for line in self.comment.split("\n"))


@dataclass(frozen=True, slots=True)
class Where:
    """Where the rows and columns of a source stand in the workbook.

    Attributes:
        header: Name of a column to its 0-based number.
        rows: Row of the source to the sheet and its 1-based row.
        whole: 0-based column that stands for the whole row.
    """

    header: Mapping[str, int]
    rows: Mapping[int, tuple[str, int]]
    whole: int = 0

    def column(self, name: str) -> int:
        """Return the 0-based column called *name*, or the one that stands for the row."""
        return self.header.get(name, self.whole)


def by_source(run: Run) -> dict[str, pl.DataFrame]:
    """Return source to its findings in the order of the rows."""
    kept = [
        batch.filter(pl.col("row") > 0).select("source", *Finding._fields)
        for batch in run.findings
    ]
    if not kept:
        return {}
    table = pl.concat(kept).sort("source", "row", maintain_order=True)
    found = table.partition_by("source", as_dict=True, include_key=False)
    return {str(source): frame for (source,), frame in found.items()}


def by_row(found: pl.DataFrame | None) -> Iterator[tuple[int, list[Finding]]]:
    """Yield row and findings of one source."""
    if found is not None:
        rows = (Finding(*row) for row in found.iter_rows())
        for number, group in groupby(rows, key=lambda finding: finding.row):
            yield number, list(group)


def sentences(run: Run) -> dict[str, tuple[str, str]]:
    """Return rule to its title and its advice, in the language in use."""
    return {
        state.rule.code: (gettext(state.rule.title), gettext(state.rule.advice))
        for state in run.states
    }


def marks(
    found: list[Finding], where: Where, said: Mapping[str, tuple[str, str]]
) -> dict[int, Mark]:
    """Return 0-based column to mark for one row; *said* is from `sentences`."""
    cells: dict[int, list[Finding]] = {}
    for finding in found:
        column = where.column(finding.column)
        cells.setdefault(column, []).append(finding)
    return {
        column: Mark(column, _worst(cells[column]), _comment(cells[column], said))
        for column in sorted(cells)
    }


def _worst(found: list[Finding]) -> Severity:
    severities = {finding.severity for finding in found}
    return next(severity for severity in SEVERITIES if severity in severities)


def _comment(found: list[Finding], said: Mapping[str, tuple[str, str]]) -> str:
    return "\n\n".join(_told(finding, *said[finding.rule]) for finding in dict.fromkeys(found))


def _told(finding: Finding, title: str, advice: str) -> str:
    severity = gettext(wording.SEVERITY[finding.severity])
    wrong = wording.message(title, wording.parameters(finding.parameters))
    return f"{finding.rule} ({severity})\n{wrong}\n{advice}"
