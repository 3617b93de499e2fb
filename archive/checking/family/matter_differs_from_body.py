"""Matter of the header that is not the body's.

**What it checks.** A matter id in the body equals the matter id of the header. A leading
`urn:oid:` does not matter.

**Why it matters.** The archive finds the document by its header and people read the body: with
two ids it belongs to two matters, or to none.

**Example.** The header names one matter and the body another.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.checking.body import has_matters, matters
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD009",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="National document structures, notes on the matter id",
    since="0.1.0",
    advice="Find out which matter the document belongs to, and build it again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare every matter id of the body with the header's."""
    told = archived.value("componentOf/encompassingEncounter/id", "root")
    if archived.body is None or not told:
        return
    if not has_matters(archived.means.structures, archived.structure):
        return
    for place, value in matters(archived.body):
        if value.strip().removeprefix("urn:oid:") != told:
            yield Hit(f"document: json: {place}")
