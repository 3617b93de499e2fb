"""End before start.

**What it checks.** The end of a relationship, matter, decision, employment, unit, access right
or disclosure permission is not before its beginning.
Ending on the day it begins is fine.

**Why it matters.** Something that ends before it begins was never in force.
Retention times, lists of open matters and statistics that count from these days become wrong.

**Example.** A relationship begins on 1 March 2024 and ends on 1 February 2024.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Place, column_rule


@column_rule(
    "LC001",
    on=(
        Place("relationship.end", start="start"),
        Place("matter.closed", start="opened"),
        Place("decision.valid_to", start="valid_from"),
        Place("worker.valid_to", start="valid_from"),
        Place("unit.valid_to", start="valid_from"),
        Place("access_right.valid_to", start="valid_from"),
        Place("disclosure.withdrawn", start="given"),
    ),
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Check both days against the document and correct the wrong one.",
)
def check(value: pl.Expr, start: pl.Expr) -> pl.Expr:
    """Return whether the end is before the start."""
    return value < start
