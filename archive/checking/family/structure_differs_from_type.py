"""Structure that differs from the document type.

**What it checks.** The structure version of the header is one of the type that
`specificDocumentType` tells, or, in the list 1505, of the document group; and Kirjaamo knows it.

**Why it matters.** The archive validates the body against the structure of the type; a body of
another structure is refused.

**Example.** The type says 15007, and the structure is a version of 15008.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.checking.body import known
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

LIST, TYPE = 5, 6
"""Places of the list and of the type among the numbers of the OID of a structure."""

OWN = "1505"
"""List of the structures whose number is that of their document group."""


@document_rule(
    "MD007",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Choose the structure version that belongs to the type of the document.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the header's structure with its type."""
    structure = archived.structure
    if not structure:
        return
    if structure not in known(archived.means.structures):
        yield Hit("document: contentSpecificationId: unknown")
    numbers = structure.split(".")
    if numbers[LIST] != OWN:
        if numbers[TYPE] != archived.named("specificDocumentType"):
            yield Hit("document: specificDocumentType")
    elif numbers[TYPE] != archived.group:
        yield Hit("document: documentGroup")
