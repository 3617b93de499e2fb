"""Document of an obsolete version of its structure.

**What it checks.** On the document's own day the next version of the structure had not yet
begun. The day counts on which the next version was published; how long the old one may still be
used is decided elsewhere.

**Why it matters.** Newer versions have fields that the law has come to ask for, and receivers
stop supporting the old ones.

**Example.** A document of May 2025 follows a version that was replaced in March 2025.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import DayTest, document_rule
from kirjaamo.validators.structure.own_day import tested
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST055",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Update the system to the version of the structure that is in force.",
)
def check(structure: Structure) -> Iterator[DayTest]:
    """Compare the day with the first day of the next version, where one is known."""
    end = structure.valid_to
    if end is not None:
        yield tested(structure, lambda day, _: day >= end)
