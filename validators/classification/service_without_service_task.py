"""Social service without a service task.

**What it checks.** A decision or document with a social service also has a service task. The
rule covers records of which CL007 says nothing: those made before 1 January 2021 and those
without a day. Local codes without a translation belong to CL006.

**Why it matters.** One social service is given in several service tasks, so that nobody can
tell afterwards which one was meant; without it, the rights to read the record and its retention
period are open.

**Example.** A decision of 2018 on family care, social service 31, has no service task.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import SERVICE_TASK_DUTY, with_day


@column_rule(
    "CL016",
    on=(with_day("decision", "service_task"), with_day("document", "service_task")),
    severity=Severity.WARNING,
    basis="Code list Sosiaalihuolto - Palvelutehtävä, 1.2.246.537.6.1221",
    since="0.1.0",
    advice="Record the service task in which the service was given.",
)
def check(value: pl.Expr, value_raw: pl.Expr, social_service: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Break where a service stands alone and the duty of CL007 does not reach it."""
    alone = value.is_null() & value_raw.is_null() & social_service.is_not_null()
    return alone & (day.is_null() | (day.cast(pl.Date) < SERVICE_TASK_DUTY))
