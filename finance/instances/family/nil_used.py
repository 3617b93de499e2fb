"""Fact that says nothing.

**What it checks.** No fact is `xsi:nil`.

**Why it matters.** What is not known is left out; nought is told as 0.

**Example.** An empty cell became a nil fact.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import PRACTICE, Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN126",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=PRACTICE,
    since="0.1.0",
    advice="Leave the fact out.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    for line, metric in subject.xml.facts.filter("nil").select("line", "metric").iter_rows():
        yield at(line, str(metric))
