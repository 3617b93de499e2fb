"""Client document without a service task.

**What it checks.** Every client document shows the service task it belongs to: a document and a
decision by the day they were made, an entry by its event, and the documents of a relationship
and a matter by the day these began. The duty binds every organisation from 1 January 2021; one
that joined the national archive earlier was bound from then on, which is not checked. Records
without a day or of an earlier day are not judged; CL016 looks at those of them that have a
social service. Local codes without a translation belong to CL006.

**Why it matters.** The service task decides who may read the document and how long it is kept,
and it is mandatory metadata in the archive.

**Example.** A decision made on 15 March 2024 has no service task.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import SERVICE_TASK_DUTY, with_day

TABLES = ("document", "decision", "entry", "relationship", "matter")


@column_rule(
    "CL007",
    on=tuple(with_day(table, "service_task") for table in TABLES),
    severity=Severity.ERROR,
    basis="Act 703/2023, section 37; before 2024 Act 254/2015, sections 22 and 28",
    since="0.1.0",
    applies_from=SERVICE_TASK_DUTY,
    advice="Record the service task that the document belongs to.",
)
def check(value: pl.Expr, value_raw: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Break where nothing stands for the service task since the duty began."""
    nothing = value.is_null() & value_raw.is_null()
    return nothing & (day.cast(pl.Date) >= SERVICE_TASK_DUTY)
