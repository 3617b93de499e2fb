"""Code that was not in force on the day of the event.

**What it checks.** A code was in force, by the dates of its list, on the day that its record
tells: a decision's on the day it was made, a relationship's on the day it began, a matter's
when it was opened, a document's when it was authored, an entry's at its event, a right's when
it begins and a permission's when it was given. A day that is missing is not judged, nor is the
status of a matter, which changes with time. Proposed codes are never in force. Deleted codes
belong to CL004, unknown ones to CL001 and CL002, the municipality of residence to CL018.

**Why it matters.** A code that came later or had ended means something else than the person
meant, or nothing.

**Example.** A code ended on 31 December 2023, and a decision of 1 January 2024 still uses it.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.records import Field
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import EVENT, NATIONAL, known_list, with_day

PLACES = tuple(
    with_day(place.table, place.field)
    for place in NATIONAL
    # the status of a matter is chosen again and again: no day of the table is its own
    if place.table in EVENT and place.field != "status"
)


@column_rule(
    "CL003",
    on=PLACES,
    severity=Severity.ERROR,
    basis="The dates of the codes in the national code list of the field",
    since="0.1.0",
    advice="Choose the code that was in force on that day, or correct the day.",
)
def check(value: pl.Expr, day: pl.Expr, *, codes: Codes, field: Field) -> pl.Expr:
    """Break where the code is known and alive but not on the day."""
    found = known_list(codes, field.code_system)
    alive = found.known(value) & ~found.retired(value)
    return alive & ~found.valid_on(value, day.cast(pl.Date))
