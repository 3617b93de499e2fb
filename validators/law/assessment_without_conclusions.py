"""Service-need assessment without conclusions.

**What it checks.** An assessment of the need for services has its conclusions: the
professional's summary of the situation and the need, whether the client relationship has
grounds, and whether the client needs a worker of their own.

**Why it matters.** They are what the assessment is for. The act lists them without exception;
the structure requires them only when the heading above them is used.

**Example.** The assessment describes the living conditions at length and ends without
conclusions.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, is_assessment

CONCLUSIONS = (
    "ammattihenkilon_johtopaatokset",
    "asiakkuus_jatkuu",
    "asiakas_tarvitsee_omatyontekijan",
)
"""Beginnings of the keys of the conclusions."""


@document_rule(
    "LW011",
    severity=Severity.ERROR,
    basis="Act 1301/2014, section 37(2)(1), (2) and (4); Act 703/2023, section 42; until 2023 Act 254/2015, section 15",
    since="0.1.0",
    advice="Complete the conclusions of the assessment.",
    applies_from=start("1301/2014"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the conclusions, once for each optional heading."""
    if not is_assessment(structure):
        return
    seen: set[str] = set()
    for field in structure.fields:
        if field.key.startswith(CONCLUSIONS):
            for found in demand(structure, field.path):
                if found.path not in seen:
                    seen.add(found.path)
                    yield found
