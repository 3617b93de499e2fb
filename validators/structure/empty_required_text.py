"""Required text that is empty.

**What it checks.** A text, name or signature that the structure requires has at least one
character.

**Why it matters.** An empty text passes for information that was given; the reader finds
nothing.

**Example.** The reasons of a decision are an empty text.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST010",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Record the text, or tell in it why there is none.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("minLength",))
