"""Business id that is malformed or has a wrong check digit.

**What it checks.** A business id has seven digits, a hyphen and a check digit; it is accepted
without the hyphen. The check digit is computed from the seven digits with the weights 7, 9, 10,
5, 8, 4 and 2. A business id that is missing is not a finding.

**Why it matters.** Units and their registers are known by the business id of their
organisation; a wrong one points at another organisation or at none.

**Example.** `0204819-7` should be `0204819-8`; the old form `204819-8` lacks its first zero.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule, each
from kirjaamo.validators.identifiers.expressions import BUSINESS_ID, business_id_holds


@column_rule(
    "ID007",
    on=each(lambda field: field.type == "business_id"),
    severity=Severity.ERROR,
    basis="Business Information Act 244/2001, section 9",
    since="0.1.0",
    advice="Look the business id up in the Business Information System and correct it.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where the form or the check digit is wrong."""
    digits = value.str.replace("-", "", literal=True)
    return ~(value.str.contains(BUSINESS_ID) & business_id_holds(digits))
