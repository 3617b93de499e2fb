"""Number that is not plain.

**What it checks.** The value of a fact with a unit is a plain decimal number: digits, a point,
a minus.

**Why it matters.** Scientific form, commas and plus signs are read in different ways, or not
at all.

**Example.** An amount is 1.2E6 because it went through a floating-point number.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN129",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Write the digits out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    plain = pl.col("value").str.contains(r"^-?[0-9]+(?:\.[0-9]+)?$")
    yield from subject.hits((pl.col("unit") != "") & (pl.col("value") != "") & ~plain)
