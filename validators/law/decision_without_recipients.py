"""Decision without those it is served on.

**What it checks.** A decision tells the persons whom it is served on.

**Why it matters.** It shall be served without delay on the party and on others who may seek a
review, also when that is barred. It is a warning because the service may be recorded
elsewhere.

**Example.** A decision on taking a child into care does not tell whom it is given to.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import decisions, demand


@document_rule(
    "LW022",
    severity=Severity.WARNING,
    basis="Act 434/2003, section 54(1)",
    since="0.1.0",
    advice="Record whom the decision is served on.",
    applies_from=start("434/2003"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the recipients."""
    for field in decisions(structure, "tama_paatos_annetaan_tiedoksi_seuraaville_henkiloille"):
        yield from demand(structure, field.path)
