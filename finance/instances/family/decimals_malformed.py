"""Number without a whole number of decimals.

**What it checks.** A fact with a unit has `decimals`: a whole number or `INF`; a fact without
has none.

**Why it matters.** Without it nobody can tell how exact the number is.

**Example.** `decimals` is 2.0.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN124",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write the decimals of the number, 2 for cents.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    has_unit, form = (
        pl.col("unit").is_not_null(),
        pl.col("decimals").str.contains("^(-?[0-9]+|INF)$"),
    )
    broken = (
        has_unit & ~form.fill_null(value=False) & pl.col("precision").is_null() & ~pl.col("nil")
    ) | (~has_unit & pl.col("decimals").is_not_null())
    for line, metric in subject.xml.facts.filter(broken).select("line", "metric").iter_rows():
        yield at(line, str(metric))
