"""Counts and first places, gathered in one pass over the findings.

Memory depends on the number of rules, not on the number of findings.
"""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from kirjaamo.reports import wording
from kirjaamo.run import Run


class Place(NamedTuple):
    """Where a rule found something, and its parameters as a JSON object or ""."""

    source: str
    row: int | None
    column: str
    parameters: str

    def __str__(self) -> str:
        """Return the place as a person looks for it."""
        at = wording.place(self.source, self.row, self.column)
        return wording.message(at, wording.parameters(self.parameters))


@dataclass(frozen=True, slots=True)
class Tally:
    """What the findings of a run amount to.

    Attributes:
        severities: Number of findings of each severity.
        rules: Number of findings of each rule.
        places: The first places of each rule.
    """

    severities: Counter[str]
    rules: Counter[str]
    places: dict[str, list[Place]]


def tally(run: Run, limit: int) -> Tally:
    """Return counts, and the first *limit* places of each rule."""
    found = Tally(Counter(), Counter(), {})
    for batch in run.findings:
        found.severities.update(dict(batch["severity"].value_counts().iter_rows()))
        found.rules.update(dict(batch["rule"].value_counts().iter_rows()))
        first = batch.group_by("rule", maintain_order=True).head(limit)
        for rule, *place in first.select(
            "rule", "source", "row", _column(), "parameters"
        ).iter_rows():
            known = found.places.setdefault(rule, [])
            if len(known) < limit:
                known.append(Place(*place))
    return found


def _column() -> pl.Expr:
    """Return the person's own name of the field, or else the name in the record model."""
    return pl.when(pl.col("column") != "").then("column").otherwise("field").alias("column")
