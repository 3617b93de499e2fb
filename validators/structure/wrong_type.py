"""Value of a wrong type.

**What it checks.** A text is a text, a number a number, a yes or no is `true` or `false`, a
field that repeats is a list and a group is an object. Null is none of these.

**Why it matters.** The archive refuses the document, and readers that rely on the type fail.

**Example.** A switch holds the text `"kyllä"` in the place of `true`.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST005",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Correct the conversion so that it writes the type that the structure gives the field.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("type",))
