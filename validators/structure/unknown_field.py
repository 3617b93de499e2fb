"""Field that the structure does not have.

**What it checks.** Every key of the document is a field of its structure. A finding points at
the group; the key itself is text of the document and is not shown.

**Why it matters.** The archive refuses the document. Often the key is misspelt, belongs to
another version of the structure, or holds information that was meant for a field that is now
missing.

**Example.** `paatospvm` stands in the place of `paatospaivamaara`.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST004",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Compare the keys with the structure and its version, and move the information where it belongs.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("additionalProperties",))
