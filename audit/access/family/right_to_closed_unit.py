"""Access right to a unit that is not in operation.

**What it checks.** The unit of an access right that is in force is in operation.

**Why it matters.** Clients of a unit that has closed have moved elsewhere, so that nobody works
there; a right that stays opens their old records.

**Example.** The unit closed at the end of 2022, and a right to it is open in 2026.
"""

import polars as pl

from kirjaamo.audit.access.allowing import places
from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule


@table_rule(
    "AR005",
    on="access_right.unit",
    reads=(
        "access_right.unit",
        "unit.unit_id",
        "unit.valid_to",
    ),
    severity=Severity.WARNING,
    basis="Decree 825/2022 of the Ministry of Social Affairs and Health",
    since="0.1.0",
    advice="End the right, or move it to the unit that goes on with the work.",
)
def check(rights: pl.DataFrame, closed: pl.DataFrame) -> pl.LazyFrame:
    """Return the rights in force to units that are not in operation."""
    return places(rights.filter("in_force").join(closed, on="unit", how="semi"))
