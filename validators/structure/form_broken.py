"""Value that does not have the form of its field.

**What it checks.** A date is written as year, month and day, or as year and month, or as a
year; a date and time adds the time after a T. Whether the day exists is the matter of ST050.

**Why it matters.** Programs cannot read the day, and deadlines and retention periods cannot be
counted from it.

**Example.** `1.3.2024` should be `2024-03-01`.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST007",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Write dates as 2024-03-01 and times as 2024-03-01T12:00:00+02:00.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("pattern",))
