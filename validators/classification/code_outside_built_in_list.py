"""Code that is not in the built-in part of its code list.

**What it checks.** A code stands in the part of its national code list that Kirjaamo knows. The
rule runs where the list is not complete; once the official list has been imported and is
complete, CL001 takes its place. Small letters belong to CL015, missing zeros of a municipality
to CL012 and the language of service to CL014.

**Why it matters.** The code may be right or wrong, and only the official list can tell: a check
that cannot tell should not stay silent.

**Example.** The social service `71` is not among the built-in ones. After `kirjaamo codes
import` the official list says whether it exists.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.records import Field
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import LISTED, known_list, unknown


@column_rule(
    "CL002",
    on=LISTED,
    severity=Severity.WARNING,
    basis="The national code list of the field",
    since="0.1.0",
    advice="Import the official list with kirjaamo codes import and check again.",
)
def check(value: pl.Expr, *, codes: Codes, field: Field) -> pl.Expr:
    """Break where an incomplete list does not have the code."""
    found = known_list(codes, field.code_system)
    return pl.lit(value=False) if found.complete else unknown(value, found)
