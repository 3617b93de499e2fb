"""Value or code that the structure does not allow.

**What it checks.** Where the structure names the codes or values of a field, the document has
one of them. Codes of lists that the structure only refers to belong to ST030 and ST031, fixed
texts to ST011.

**Why it matters.** The archive refuses the document, and a reader cannot know what the code
means.

**Example.** A field with the codes 1 and 2 holds the code 3.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST006",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Choose one of the codes of the structure; see `kirjaamo structures show`.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("enum",))
