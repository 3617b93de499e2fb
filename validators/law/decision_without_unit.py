"""Decision without the unit of its maker.

**What it checks.** In a bare document of a decision the decision maker is there with a
service unit. A document inside an archive document is not looked at: its header tells the
organisation.

**Why it matters.** A decision shall show the authority that made it. It is a warning because
the unit is only part of the authority, which the system beside a bare document may tell.

**Example.** A decision names its maker and the position, and not where.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import decisions, demand, unless_told_outside


@document_rule(
    "LW021",
    severity=Severity.WARNING,
    basis="Act 434/2003, section 44(1)(1)",
    since="0.1.0",
    advice="Record the service unit of the decision maker.",
    applies_from=start("434/2003"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the unit of each decision maker."""
    for maker in decisions(structure, "paatoksentekija"):
        unit = f"{maker.path}/palveluyksikko"
        if structure.field(unit):
            yield from unless_told_outside(demand(structure, unit, within=maker.path))
