"""Document that is older than its structure.

**What it checks.** The document's own day is not before the first day of the version of the
structure that it follows.

**Why it matters.** Either the day is wrong, or an old document was turned into a form that did
not exist when it was made: what it then told may have been lost or added.

**Example.** A document of 2015 follows a structure that begins in 2022.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import DayTest, document_rule
from kirjaamo.validators.structure.own_day import tested
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST054",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Check the day; archive documents of old systems in the form they had.",
)
def check(structure: Structure) -> Iterator[DayTest]:
    """Compare the day with the first day of the version."""
    first = structure.valid_from
    yield tested(structure, lambda day, _: day < first)
