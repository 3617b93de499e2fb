"""Instructions for a review without the authority, the addressee or the time.

**What it checks.** When a decision names the means of review, its instructions tell the
authority that handles it, to whom the letter is delivered, and within what time.

**Why it matters.** A letter to a wrong place or a day late is not examined. It is a warning
because the text of the instructions may tell all three.

**Example.** The instructions name a claim for a revised decision as the means, and the field
for the time is empty.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.classifications.structures.condition_forms import Filled
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import decisions, demand

TOLD = ("viranomainen", "muutoksenhakukirjelman_vastaanottaja", "maaraaika")


@document_rule(
    "LW020",
    severity=Severity.WARNING,
    basis="Act 434/2003, sections 46(3) and 47(1)",
    since="0.1.0",
    advice="Record the authority, the addressee and the time, or make sure that the text tells them.",
    applies_from=start("434/2003"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the three, when the means are told."""
    for means in decisions(structure, "muutoksenhakukeino"):
        for key in TOLD:
            path = f"{means.parent}/{key}"
            if structure.field(path):
                when = Filled(means.key)
                yield from demand(structure, path, within=means.parent, when=when)
