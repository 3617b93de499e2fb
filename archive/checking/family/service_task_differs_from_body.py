"""Service task of the header that is not the body's.

**What it checks.** Where the body tells its service task, the header tells the same.

**Why it matters.** The service task decides who may see a document and how long it is kept; the
archive goes by the header, people go by the body.

**Example.** The body belongs to child protection, and the header to services for families with
children.
"""

from collections.abc import Iterator

from kirjaamo.archive import bodies
from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD017",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="Act 703/2023, section 37",
    since="0.1.0",
    advice="Find out which service task the document belongs to, and build it again.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the header with the body."""
    told, own = bodies.service_tasks(archived.inside), archived.named("functionCode")
    if told and own and own not in told:
        yield Hit("document: functionCode")
