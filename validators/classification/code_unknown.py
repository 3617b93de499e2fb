"""Code that is not in its code list.

**What it checks.** A code stands in the national code list that governs its field. The rule
runs where the list is complete; for a list that is known only in part, CL002 says so in place
of an error. Small letters belong to CL015, missing zeros of a municipality to CL012 and the
language of service to CL014.

**Why it matters.** Nobody can tell what an unknown code means, and whoever counts or receives
the records loses it.

**Example.** The field for the kind of outcome says `7`, and the complete list has 1 and 2.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.records import Field
from kirjaamo.rules import CannotRun, column_rule
from kirjaamo.validators.classification.expressions import (
    LISTED,
    NOT_COMPLETE,
    known_list,
    unknown,
)


@column_rule(
    "CL001",
    on=LISTED,
    severity=Severity.ERROR,
    basis="The national code list of the field",
    since="0.1.0",
    advice="Choose a code of the list, or map the old code to one.",
)
def check(value: pl.Expr, *, codes: Codes, field: Field) -> pl.Expr:
    """Break where a complete list does not have the code."""
    found = known_list(codes, field.code_system)
    if not found.complete:
        raise CannotRun(NOT_COMPLETE, list=field.code_system)
    return unknown(value, found)
