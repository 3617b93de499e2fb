"""Decimals that the kind of number does not have.

**What it checks.** Amounts have at least the decimals of thousands (-3) and at most 10,
percentages at least 4, and whole numbers 0 or `INF`.

**Why it matters.** A percentage with two decimals has lost digits, and a count with decimals
is no count.

**Example.** A share of 0.8125 is told with 2 decimals.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

LEAST, MOST, PERCENT = -3, 10, 4
"""Least and most decimals of amounts, and least of percentages."""


@document_rule(
    "FN125",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Tell the decimals that the number has.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    kind = pl.col("metric").str.extract(r"(?:^|:)([mpi])[di][0-9]+$")
    number = pl.col("decimals").str.extract("^(-?[0-9]{1,4})$").cast(pl.Int64)
    yield from subject.hits(
        ((kind == "m") & ~number.is_between(LEAST, MOST))
        | ((kind == "p") & (number < PERCENT))
        | ((kind == "i") & (number != 0))
    )
