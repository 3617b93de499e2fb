"""Code in small letters.

**What it checks.** A code that its list writes in capitals is written so: it is a finding if
the code is not in the list and would be in capitals.

**Why it matters.** Codes are compared letter by letter, and a receiver does not find it.

**Example.** The language `fi` should be `FI`.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Cause, Severity
from kirjaamo.records import Field
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import NATIONAL, known_list


@column_rule(
    "CL015",
    on=NATIONAL,
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="The national code list of the field",
    since="0.1.0",
    advice="Write the code in capitals; a repair can do it.",
)
def check(value: pl.Expr, *, codes: Codes, field: Field) -> pl.Expr:
    """Break where only capitals make the code known."""
    found = known_list(codes, field.code_system)
    return ~found.known(value) & found.known(value.str.to_uppercase())
