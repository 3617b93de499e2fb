"""Information received and its source, basis or purpose not told, until 2023.

**What it checks.** An entry on information received tells from whom it came and on what
provision or consent; when it was asked for, also who asked and for what purpose. What was
received and when is asked for by the national structure.

**Why it matters.** The client may see what has been gathered and why. Under the old act the
document itself had to show these.

**Example.** An entry tells what a school had told, but not who at the school.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import end, start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law import received


@document_rule(
    "LW006",
    severity=Severity.ERROR,
    basis="Act 254/2015, section 11",
    since="0.1.0",
    advice="Record from whom the information came, the provision or consent, and if it was asked for, who asked and for what.",
    applies_from=start("254/2015", "11"),
    applies_to=end("254/2015"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand what the section lists beside what and when."""
    yield from received.demands(structure)
