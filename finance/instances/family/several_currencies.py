"""Amounts in more than one currency.

**What it checks.** All amounts of an instance are in one currency, and a data point has one
unit.

**Why it matters.** Sums over currencies mean nothing.

**Example.** A grant was left in dollars.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN130",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Convert every amount to euros.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    money = subject.facts.filter(pl.col("unit").str.starts_with("iso4217:"))
    counted = money.group_by("unit").agg(pl.len()).sort("len", "unit")
    for unit in counted["unit"][:-1]:
        found = money.filter(pl.col("unit") == unit)
        yield at(found.row(0, named=True)["line"], str(found["signature"][0]))
