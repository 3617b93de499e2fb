"""The facts of a filing as grids of account and service class, for the eyes that accept it.

A grid is of one metric and one member of every other dimension.  Its sums leave out what the
hierarchies call totals, so that nothing is counted twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints.signature import parse
from kirjaamo.finance.facts import Filing, Review, checked
from kirjaamo.finance.instances.difference import with_prefixes
from kirjaamo.finance.instances.showing import labelled
from kirjaamo.finance.writing.naming import unpacked
from kirjaamo.finance.writing.rows import sources

Member = str
NOTHING: Final = ""
"""The member of an axis that a data point does not have."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with everything that stands beside it.

    Attributes:
        number: Its place among all facts, from 1.
        id: The authority's number of the data point.
        label: Name of the data point.
        signature: The data point.
        period: The day.
        value: The value, exact.
        amount: The same as a number; None for text.
        before: The number of the previous filing; None where it has none.
        sources: The rows that it is the sum of, file by file.
    """

    number: int
    id: str
    label: str
    signature: str
    period: str
    value: str
    amount: Decimal | None
    before: Decimal | None
    sources: tuple[str, ...]

    @property
    def change(self) -> Decimal | None:
        """Return the difference to the previous filing; None without one."""
        if self.amount is None or self.before is None:
            return None
        return self.amount - self.before


@dataclass(slots=True)
class Section:
    """A grid.

    Attributes:
        title: The metric and the members of all other dimensions.
        names: Dimensions of rows and columns.
        rows: Members of the rows in their order.
        columns: Members of the columns in their order.
        cells: Pair of members to the fact.
        row_sums: Member to the sum of its row, totals left out.
        column_sums: Member to the sum of its column, totals left out.
        total: Sum of all cells that are no totals.
    """

    title: tuple[Member, ...]
    names: tuple[str, str]
    rows: list[Member] = field(default_factory=list)
    columns: list[Member] = field(default_factory=list)
    cells: dict[tuple[Member, Member], Fact] = field(default_factory=dict)
    row_sums: dict[Member, Decimal] = field(default_factory=dict)
    column_sums: dict[Member, Decimal] = field(default_factory=dict)
    total: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Grid:
    """A filing to be looked at.

    Attributes:
        filing: The filing.
        facts: All facts in their order.
        sections: Grids of the numbers.
        labels: Member to its name.
        gone: Facts of the previous filing that this one does not have: number, label, value.
    """

    filing: Filing
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    labels: Mapping[Member, str]
    gone: tuple[tuple[str, str, str], ...]

    @property
    def texts(self) -> tuple[Fact, ...]:
        """Return the facts that are no numbers."""
        return tuple(one for one in self.facts if one.amount is None)

    def name(self, member: Member) -> str:
        """Return a member as people read it: its name and its code."""
        code = member.rpartition(":")[2]
        label = self.labels.get(member, "")
        return f"{label} ({code})" if label and code else label or code


def grid(filing: Filing, review: Review | None) -> Grid:
    """Return a filing as grids.

    Raises:
        FactsError: The facts cannot stand in one instance.
    """
    beside = review or Review()
    frame = labelled(checked(filing), beside.points)
    before = _before(filing, beside)
    facts = tuple(_facts(frame, before, sources(beside.rows)))
    labels = dict(beside.points.labels) if beside.points else {}
    totals = _totals(beside)
    numbers = [one for one in facts if one.amount is not None]
    gone = _gone(before, frame, beside)
    return Grid(filing, facts, tuple(_sections(numbers, beside.axes, totals)), labels, gone)


def _totals(review: Review) -> set[Member]:
    """Return the members that are sums of others."""
    if review.points is None:
        return set()
    return set(review.points.nodes.filter(pl.col("operator") == "=")["parent"])


def _before(filing: Filing, review: Review) -> dict[str, str]:
    """Return the numbers of the previous filing by signature, of its last day."""
    if review.previous is None:
        return {}
    facts = with_prefixes(review.previous, filing.namespaces).facts
    numbers = facts.filter(pl.col("unit") != "").sort("period")
    return dict(numbers.select("signature", "value").iter_rows())


def _gone(
    before: Mapping[str, str], frame: pl.DataFrame, review: Review
) -> tuple[tuple[str, str, str], ...]:
    missing = sorted(set(before) - set(frame["signature"]))
    rows = labelled(pl.DataFrame({"signature": missing}, schema={"signature": pl.String}),
                    review.points)  # fmt: skip
    return tuple((one, label or sign, before[sign]) for one, label, sign in rows.iter_rows())


def _facts(
    frame: pl.DataFrame, before: Mapping[str, str], sources: Mapping[str, tuple[str, ...]]
) -> Iterator[Fact]:
    for number, row in enumerate(frame.iter_rows(named=True), start=1):
        signature, old = row["signature"], before.get(row["signature"])
        yield Fact(
            number, row["id"], row["label"], signature, row["period"], row["value"],
            Decimal(row["value"]) if row["unit"] else None,
            None if old is None else Decimal(old),
            sources.get(signature, ()),
        )  # fmt: skip


def _sections(
    facts: list[Fact], asked: tuple[str, str], totals: set[Member]
) -> Iterator[Section]:
    """Yield the grids in the order of their titles."""
    placed = [
        (one, dict(parse(one.signature).members), parse(one.signature).metric) for one in facts
    ]
    axes = _axes([about for _, about, _ in placed], asked)
    made: dict[tuple[Member, ...], Section] = {}
    for fact, about, metric in placed:
        rest = tuple(member for name, member in sorted(about.items()) if name not in axes)
        title = (metric, fact.period, *rest)
        section = made.setdefault(title, Section(title, axes))
        row, column = (_told(about.get(name, NOTHING)) for name in axes)
        section.cells[row, column] = fact
    for title in sorted(made):
        yield _summed(made[title], totals)


def _told(member: Member) -> Member:
    return unpacked(member[1:]) if member.startswith("=") else member


def _axes(places: list[dict[str, str]], asked: tuple[str, str]) -> tuple[str, str]:
    """Return the dimensions of rows and columns: those asked for, or those with most members."""
    counted: dict[str, set[str]] = defaultdict(set)
    for about in places:
        for name, member in about.items():
            counted[name].add(member)
    ranked = sorted(counted, key=lambda name: (-len(counted[name]), name))
    chosen = [name for name in asked if name in counted]
    chosen += [name for name in ranked if name not in chosen]
    rows, columns = [*chosen, "", ""][:2]
    return rows, columns


def _summed(section: Section, totals: set[Member]) -> Section:
    """Return a section with its axes in order and its sums; members alone stand in rows."""
    if {row for row, _ in section.cells} == {NOTHING}:
        section.names = section.names[1], section.names[0]
        section.cells = {(column, row): fact for (row, column), fact in section.cells.items()}
    section.rows = sorted({row for row, _ in section.cells})
    section.columns = sorted({column for _, column in section.cells})
    rows: dict[Member, Decimal] = defaultdict(Decimal)
    columns: dict[Member, Decimal] = defaultdict(Decimal)
    for (row, column), fact in section.cells.items():
        amount = fact.amount or Decimal(0)
        if column not in totals:
            rows[row] += amount
        if row not in totals:
            columns[column] += amount
        if row not in totals and column not in totals:
            section.total += amount
    section.row_sums, section.column_sums = dict(rows), dict(columns)
    return section
