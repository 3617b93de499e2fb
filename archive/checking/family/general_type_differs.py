"""General type that is not the one of the specific type.

**What it checks.** The general document type is the one that the national structures give to the
specific type.

**Why it matters.** People look for documents by their general type: a decision among the plans is
not found.

**Example.** The specific type is a decision on disability services, and the general type is plan.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.checking.coded import general_types
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD016",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="National document structures, type of the document",
    since="0.1.0",
    advice="Take the general type from the structure of the document.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the two types, where the general one is known."""
    specific = archived.named("specificDocumentType")
    wanted = general_types(archived.means.codes, archived.means.structures).get(specific)
    if wanted and archived.value("code", "code") != wanted:
        yield Hit("document: code")
