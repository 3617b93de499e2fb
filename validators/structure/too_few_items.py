"""List with too few items.

**What it checks.** A repeating field that the structure requires has at least one item.

**Why it matters.** An empty list says nothing, though every document of this kind must tell it.

**Example.** A plan whose list of clients is empty.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST009",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Record at least one item, or correct the conversion that left the list empty.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("minItems",))
