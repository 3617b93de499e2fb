"""Row with more or fewer cells than the header.

**What it checks.** Every row of a file has as many cells as the header.
A row that has not is left out of all other rules, because nobody can tell which value belongs to
which column.

**Why it matters.** One delimiter too many inside a text moves every value after it to the wrong
column: names become dates and codes become names.

**Example.** The header has 14 columns and the row has 15, because the reasons of the decision
contain a semicolon that is not quoted.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Place, column_rule


@column_rule(
    "DQ001",
    on=Place("*._ragged"),
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="RFC 4180, section 2",
    since="0.1.0",
    advice="Export the file again with quoted texts, or mend the row by hand.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Return whether the row has another number of cells than the header."""
    return value
