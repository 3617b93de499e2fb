"""Unit that does not fit its metric.

**What it checks.** Metrics of amounts are in a currency, those of whole numbers and
percentages are pure, and those of text, dates and truth have no unit.

**Why it matters.** Another unit is another thing.

**Example.** A count of clients is in euros.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import NAMED, Subject
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN143",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NAMED,
    since="0.1.0",
    advice="Give the fact the unit of its metric.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    kind = pl.col("metric").str.extract(r"(?:^|:)([a-z])[di][0-9]+$")
    unit = pl.col("unit")
    yield from subject.hits(
        ((kind == "m") & ~unit.str.starts_with("iso4217:"))
        | (kind.is_in(["p", "i"]) & (unit != "xbrli:pure"))
        | (kind.is_in(["b", "d", "s"]) & (unit != ""))
    )
