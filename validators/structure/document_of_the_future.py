"""Document of the future.

**What it checks.** The document's own day, that of the decision or of its making, is not after
the day of the check.

**Why it matters.** A document is not made before its day; the day is mistyped, or the document
was made in advance and says what has not happened.

**Example.** A decision dated 1 March 2042.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import DayTest, document_rule
from kirjaamo.validators.structure.own_day import tested


@document_rule(
    "ST053",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Check the day of the document and correct it.",
)
def check(structure: Structure) -> Iterator[DayTest]:
    """Compare the day with that of the check."""
    yield tested(structure, lambda day, as_of: day > as_of)
