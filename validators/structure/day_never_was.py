"""Day that never was.

**What it checks.** A whole date is a day of the calendar. A year alone, or a year and a month, is
allowed where the structure allows it. Dates with a time belong to ST051.

**Why it matters.** The structure's pattern lets 31 February through; deadlines and retention
periods cannot be counted from such a day.

**Example.** `2023-02-29`: 2023 was no leap year.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Kind, Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.paths import DAY, asked


@document_rule(
    "ST050",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38; ISO 8601",
    since="0.1.0",
    advice="Correct the day, or leave out what is not known of it.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for real days."""
    for field in structure.fields:
        if field.kind is Kind.DATE:
            yield asked(structure, field, {"anyOf": DAY})
