"""Document without a service task.

**What it checks.** A bare document whose structure has a field of its own for the service
task has it filled. A document inside an archive document is not looked at: its header tells
the service task.

**Why it matters.** Rights of access and times of retention follow the service task. Every
document shall show it; it is a warning because the system beside a bare document may tell it.
The old act bound everyone to this from 2021.

**Example.** A record of a hearing is common to all service tasks and does not tell which one
it belongs to.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, unless_told_outside


@document_rule(
    "LW004",
    severity=Severity.WARNING,
    basis="Act 703/2023, section 37(2); from 2021 to 2023 Act 254/2015, section 22(2)",
    since="0.1.0",
    advice="Record the service task, or check the document as an archive document.",
    applies_from=start("254/2015", "22"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the service task of the document."""
    path = f"{structure.root}/palvelutehtava"
    if structure.field(path):
        yield from unless_told_outside(demand(structure, path))
