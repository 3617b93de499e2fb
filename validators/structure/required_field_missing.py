"""Required field that is missing.

**What it checks.** A field that the structure always requires is there, in every occurrence of
the group around it. A finding points at the place where the field should stand. Fields that are
required under a condition belong to ST020.

**Why it matters.** The archive refuses the document, or takes it and the reader misses what
every document of this kind must tell.

**Example.** A decision without `paatospaivamaara`.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Refusals, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST003",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Record the missing information, or correct the conversion that left it out.",
)
def check(structure: Structure) -> Iterator[Refusals]:  # noqa: ARG001 - the same for all
    """Take the refusals that are about it."""
    yield Refusals(("required",))
