"""Decision without its day, outcome, maker or contact person.

**What it checks.** A decision tells the day on which it was made, what was decided, who
decided, and whom the party can ask for more, with contact details. Most structures require
these themselves; the rule looks at those that leave them or the group around them optional.

**Why it matters.** The act lists them without exception: without them the party cannot know
what binds or whom to ask.

**Example.** A document of a decision has a client and a signature, and the group of the
decision is missing.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import decisions, demand

CONTENT = (
    "paatospaivamaara",
    "paatoksen_paivamaara",
    "ratkaisu",
    "ratkaisu_ja_perustelut",
    "paatos_ja_perustelut",
    "paatoksentekija",
    "lisatietojen_antaja",
)
"""Keys of what every decision tells."""


@document_rule(
    "LW017",
    severity=Severity.ERROR,
    basis="Act 434/2003, section 44(1); Act 703/2023, section 45",
    since="0.1.0",
    advice="Complete the decision.",
    applies_from=start("434/2003"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand each part that the structure leaves optional, once for a group."""
    seen: set[str] = set()
    for field in decisions(structure, *CONTENT):
        for found in demand(structure, field.path):
            if found.path not in seen:
                seen.add(found.path)
                yield found
