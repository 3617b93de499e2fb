"""Code of a wrong code system.

**What it checks.** The `system` of a code is the code system that the structure names for the
field: `urn:oid:` and its OID, with or without the number of a version, or the name of the
document's own classification.

**Why it matters.** The same code means different things in different systems; with a wrong
system the reader gets a wrong meaning.

**Example.** `1.2.246.537.6.1222` lacks `urn:oid:` in front of it.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST008",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Write the code system of the field, with urn:oid: in front of an OID.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("system/pattern", "system/enum"))
