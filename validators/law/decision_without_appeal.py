"""Decision without instructions for a review or appeal, or the bar to it.

**What it checks.** A decision has its instructions: for a claim for a revised decision, for
an appeal, or the notice of the provision by which neither is possible.

**Why it matters.** The time for seeking a review runs from proper instructions only. One of
the three is demanded of every decision without exception, and the structure has a field for
it.

**Example.** A decision on home care for an older person ends without a word on how to seek a
review.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import decisions, demand


@document_rule(
    "LW019",
    severity=Severity.ERROR,
    basis="Act 434/2003, sections 46 to 48",
    since="0.1.0",
    advice="Add the instructions for a revised decision or appeal, or the provision that bars it.",
    applies_from=start("434/2003"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the text of the instructions."""
    for field in decisions(structure, "ohjeteksti"):
        yield from demand(structure, field.path)
