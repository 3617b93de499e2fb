"""Unit that says what another says.

**What it checks.** No two units have the same measure, and none the same identifier.

**Why it matters.** Two units of one meaning hide two values of one data point.

**Example.** Units EUR and euro are both iso4217:EUR.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN121",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Use one unit for all facts of it.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    seen: set[object] = set()
    for one in subject.xml.units:
        meaning = (one.measures, one.divided)
        if meaning in seen or one.id in seen:
            yield at(one.line, f"unit {one.id}")
        seen |= {meaning, one.id}
