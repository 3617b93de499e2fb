"""OID that holds a wrong business id.

**What it checks.** Under `1.2.246.10` the next number is the business id of the organisation,
without hyphen and without zeros in front. Filled up to eight digits it must have the right
check digit. OIDs of other roots, and those with zeros in front or with other signs than digits
(ID006, ID008), are not looked at.

**Why it matters.** The OID would belong to another organisation, or to none, and so would every
document filed under it.

**Example.** `1.2.246.10.2048197.10.0` should be `1.2.246.10.2048198.10.0`, for 0204819-8.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import Place, column_rule, each
from kirjaamo.validators.identifiers.expressions import (
    OID,
    business_id_holds,
    business_id_of,
    is_organisation_oid,
)


@column_rule(
    "ID009",
    on=(*each(is_organisation_oid), Place("client.temporary_id")),
    severity=Severity.ERROR,
    basis="JHS 159, annex 1; Business Information Act 244/2001, section 9",
    since="0.1.0",
    advice="Compare the OID with the business id of the organisation and correct it.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where a well-formed OID holds digits that are no business id."""
    inside = business_id_of(value)
    return value.str.contains(OID) & ~business_id_holds(inside)
