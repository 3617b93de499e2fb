"""Social service that its document structure does not allow in the service task.

**What it checks.** Where a version of a document structure states which social services it
allows in a service task, a document of that version has one of them. Only what the structures
themselves state is known: at present the entry on a restrictive measure, 1506.19008 of 19
December 2024, for the service tasks 10 and 20. Other documents and other service tasks are not
judged, for no general table of allowed pairs has been published.

**Why it matters.** The document does not fit its own structure: the task, the service or the
structure is wrong.

**Example.** An entry on a restrictive measure in child protection (10) with the social service
37, day activities, which that structure allows in disability services (20) only.
"""

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule

BETWEEN = "\x1f"


@column_rule(
    "CL008",
    on="document.social_service",
    severity=Severity.WARNING,
    basis="Structure 1506.19008 of 19 December 2024, field Sosiaalipalvelu",
    since="0.1.0",
    advice="Check the service task, the social service and the structure of the document.",
)
def check(
    value: pl.Expr, service_task: pl.Expr, structure: pl.Expr, *, codes: Codes
) -> pl.Expr:
    """Break where the structure speaks of the task but does not allow the service."""
    pairs = codes.pairs()
    scope = pl.concat_str([structure, service_task], separator=BETWEEN)
    judged = scope.is_in(_keys(pairs, "structure", "service_task"))
    pair = pl.concat_str([scope, value], separator=BETWEEN)
    return judged & ~pair.is_in(_keys(pairs, "structure", "service_task", "social_service"))


def _keys(pairs: pl.DataFrame, *columns: str) -> pl.Series:
    return (
        pairs.select(pl.concat_str(columns, separator=BETWEEN)).to_series().unique().implode()
    )
