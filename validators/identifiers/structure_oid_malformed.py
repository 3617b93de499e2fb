"""OID of a document structure that is malformed.

**What it checks.** A version of a document structure is named
`1.2.246.537.6.1506.<type>.<year>.<month>.<day>`, for documents of relationships and matters
with 1505 in place of 1506. No number has a zero in front, and the day is a day of the calendar.
Whether such a version exists is checked by CL011.

**Why it matters.** The structure tells what the fields of the document mean; without it the
contents are only text.

**Example.** `1.2.246.537.6.1506.11023.2023.05.31` should be
`1.2.246.537.6.1506.11023.2023.5.31`.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule, each
from kirjaamo.validators.identifiers.expressions import STRUCTURE

DAY_FORM = "%Y.%m.%d"


@column_rule(
    "ID010",
    on=each(lambda field: field.type == "oid" and field.name == "structure"),
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Sosmeta, version OIDs of document structures",
    since="0.1.0",
    advice="Take the OID of the structure version from Sosmeta.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where the form is wrong or the last three numbers are no day."""
    day = value.str.extract(STRUCTURE, 2).str.to_date(DAY_FORM, strict=False)
    return value.is_not_null() & day.is_null()
