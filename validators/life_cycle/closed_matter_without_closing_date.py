"""Closed matter without a closing date.

**What it checks.** A matter that is marked closed has the day on which it was closed.

**Why it matters.** The national structure of the matter document requires the day when the
matter is closed, and many retention times are counted from it.

**Example.** The old system shows a matter as closed, but its column for the closing date is
empty.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule


@column_rule(
    "LC003",
    on="matter.closed",
    severity=Severity.ERROR,
    basis="structure 1505.2, Asia-asiakirja, version 2022-06-28; Act 703/2023, annex",
    since="0.1.0",
    advice="Record the day when the matter was closed, or open the matter if it is not closed.",
)
def check(value_raw: pl.Expr, is_closed: pl.Expr) -> pl.Expr:
    """Return whether a closed matter has nothing in the place of its day."""
    return is_closed & value_raw.is_null()
