"""Time that never was.

**What it checks.** A date and time is a moment of the calendar: its day exists, and it has an
offset from universal time. A date, a month or a year alone is allowed where the structure allows
it; what does not even have the form of a time belongs to ST007.

**Why it matters.** The structure's pattern lets a time on 31 February through; the order of
entries and the deadlines that begin at such a time cannot be told.

**Example.** `2023-02-29T12:00:00+02:00`: 2023 was no leap year.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Kind, Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.paths import DAY, asked


@document_rule(
    "ST051",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38; RFC 3339, section 5.6",
    since="0.1.0",
    advice="Correct the day of the time, or leave out what is not known of it.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for real days before times."""
    for field in structure.fields:
        if field.kind is Kind.DATETIME:
            yield asked(structure, field, {"anyOf": [*DAY, {"format": "date-time"}]})
