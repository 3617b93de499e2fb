"""OID of an organisation that is malformed.

**What it checks.** The OID of a unit or a controller is whole numbers between full stops, none
with a zero in front, under the Finnish root `1.2.246`. The form of temporary identifiers
belongs to ID006 and that of document structures to ID010.

**Why it matters.** Every document in the archive stands under the OIDs of its controller and
unit; a damaged one leads nowhere.

**Example.** `1.2.246.10.02048198.10.0` should be `1.2.246.10.2048198.10.0`.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule, each
from kirjaamo.validators.identifiers.expressions import OID, is_organisation_oid


@column_rule(
    "ID008",
    on=each(is_organisation_oid),
    severity=Severity.ERROR,
    basis="JHS 159; THL - SOTE-organisaatiorekisteri, 1.2.246.537.6.202",
    since="0.1.0",
    advice="Take the OID from the national register of social and health care organisations.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where the OID is no OID or not a Finnish one."""
    return ~(value.str.contains(OID) & value.str.starts_with("1.2.246."))
