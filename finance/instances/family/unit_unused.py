"""Unit that no fact uses.

**What it checks.** Every unit is used by a fact.

**Why it matters.** An unused unit hides a fact that was lost.

**Example.** A unit of dollars was left from a template.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN120",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Take the unit out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    used = {one for (one,) in subject.xml.facts.select("unit").unique().iter_rows()}
    for one in subject.xml.units:
        if one.id not in used:
            yield at(one.line, f"unit {one.id}")
