"""Code that was deleted from its code list.

**What it checks.** A code does not stand in its national code list as deleted only. The day of
the record does not matter: a code that merely ended keeps its dates and belongs to CL003.

**Why it matters.** The owner of the list has withdrawn the code, and no receiver is obliged to
know it any more.

**Example.** A proposal was given a code, the code was used in decisions, and the list now has
it as deleted.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.records import Field
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import NATIONAL, known_list


@column_rule(
    "CL004",
    on=NATIONAL,
    severity=Severity.WARNING,
    basis="The status of the codes in the national code list of the field",
    since="0.1.0",
    advice="Find out which code replaced it, and map the deleted code to that one.",
)
def check(value: pl.Expr, *, codes: Codes, field: Field) -> pl.Expr:
    """Break where the list has the code only as deleted."""
    return known_list(codes, field.code_system).retired(value)
