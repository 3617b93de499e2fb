"""Information from elsewhere and its source, basis or purpose not told.

**What it checks.** An entry on information received from others than the client tells from
whom it came or the source it was read from, and on what provision or consent; when it was
asked for, also who asked and for what purpose.

**Why it matters.** Since 2024 the recipient must be able to verify these. It is a warning
because the act does not say that the document is where.

**Example.** An entry tells what was read from a register and on which day, but not from which
one.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law import received


@document_rule(
    "LW007",
    severity=Severity.WARNING,
    basis="Act 703/2023, section 39",
    since="0.1.0",
    advice="Record the source, the provision or consent, and if the information was asked for, who asked and for what.",
    applies_from=start("703/2023"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand what the section lists beside what and when."""
    yield from received.demands(structure)
