"""Separator of a personal identity code that stands for the wrong century.

**What it checks.** The separator tells the century of birth: + the 1800s, - and Y, X, W, V, U
the 1900s, A to F the 2000s. It must agree with the recorded date of birth. The rule looks at
codes without fault in themselves (ID001, ID002, ID005, ID016) whose day, month and year within
the century agree with the date of birth; other differences belong to ID004.

**Why it matters.** Since the reform of 2023 the separator alone may tell two people apart, and
a wrong one turns a child into a person of a hundred years.

**Example.** A person born on 10 January 2019 has `100119-999C`; the separator should be one of
A to F.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.identifiers import expressions as identity


@column_rule(
    "ID003",
    on="client.identity_code",
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Check both the separator of the identity code and the date of birth.",
)
def check(value: pl.Expr, birth_date: pl.Expr) -> pl.Expr:
    """Break where only the century differs from the date of birth."""
    same_day = identity.holds(value) & identity.same_day(value, birth_date)
    return same_day & ~identity.same_century(value, birth_date)
