"""Facts of more than one day.

**What it checks.** All facts are of one day.

**Why it matters.** A report is of one reference day; the year before is told by a member.
Company accounts of the same architecture do use two days, so this is a warning.

**Example.** One context has the day of last year.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN113",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Give every context the reference day, or see that the taxonomy asks for two.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    days = (
        subject.facts.drop_nulls("period")
        .group_by("period")
        .agg(pl.len())
        .sort("len", "period")
    )
    for day in days["period"][:-1]:
        found = subject.facts.filter(pl.col("period") == day)
        yield at(
            found.row(0, named=True)["line"], f"context {found['context'][0] or ''}".rstrip()
        )
