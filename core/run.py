"""What a check did: the object that every report is made from.

It holds no value of a record: places, counts, hashes and the states of the rules.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import polars as pl

from kirjaamo.rules import Rule


class State(StrEnum):
    """What became of a rule; *not run* is never shown as passed."""

    RUN = "run"  # ran and found nothing
    FOUND = "found"  # ran and found something
    NOT_RUN = "not run"  # a column or a list was missing
    FAILED = "failed"  # the rule itself broke


class Batches(Protocol):
    """Findings in order, as tables of `findings.SCHEMA`, however many there are."""

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Yield the tables in order."""

    def __len__(self) -> int:
        """Return the number of findings."""


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source as it was read.

    Attributes:
        source: The name a person knows (as in findings).
        location: Path or database URL without password.
        system: System of the profile.
        tables: Canonical tables it holds.
        rows: Rows of data.
        sha256: Hash of the whole source.
        encoding: Encoding that was used, or "".
        delimiter: Delimiter that was used, or "".
        columns: ``table.field`` to the person's own column.
    """

    source: str
    location: str
    system: str
    tables: tuple[str, ...]
    rows: int
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleState:
    """What became of one rule in a run.

    Attributes:
        rule: The rule.
        state: What became of it.
        found: Number of findings, without waived ones and those of the baseline.
        reasons: Why it did not run somewhere: short sentences of the catalogue, translated.
    """

    rule: Rule
    state: State
    found: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A finished check."""

    as_of: dt.date
    sources: tuple[SourceSummary, ...]
    states: tuple[RuleState, ...]
    findings: Batches
    waived: int = 0
    known: int = 0
    """Findings that the baseline already had."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Code lists used: OID to edition."""

    @property
    def rows(self) -> int:
        """Return the number of rows of data that were read."""
        return sum(source.rows for source in self.sources)
