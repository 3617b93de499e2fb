"""Archive document or frame that its schema refuses.

**What it checks.** Every element of the header and of the frame stands in its place, with its
own attributes and values of the right form. The built-in schemas are reconstructed; a folder
of official ones takes their place.

**Why it matters.** The receiving service refuses a document that its schema does not accept.

**Example.** The header has no `languageCode`.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD002",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Correct the element at the place, or the settings it is made from.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Ask the schemas in use."""
    for part, root in archived.roots.items():
        for place in archived.means.schemas.broken(part, root):
            yield Hit(f"{part}: {place}")
