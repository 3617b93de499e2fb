"""Document of an unknown structure.

**What it checks.** The structure of the document is among those that Kirjaamo knows: the bundled
ones and those imported into the workspace. It is the one that the container or the name of the
file tells, otherwise the one with the root key of the document, in the version of its day.

**Why it matters.** Nothing else can be checked of the document, and the archive does not take
documents of structures that it does not know.

**Example.** The root key is `palvelupaatos`, which no structure has.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.paths import NATIONAL


@document_rule(
    "ST002",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Correct the root key, or import the structure with `kirjaamo structures import`.",
)
def check(structure: Structure) -> Iterator[Demand]:  # noqa: ARG001 - there is none
    """Ask nothing of a structure: the engine finds it when there is none."""
    yield from ()
