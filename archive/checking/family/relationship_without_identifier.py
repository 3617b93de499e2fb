"""Client-relationship document that does not tell its relationship.

**What it checks.** A client-relationship document has the identifier of the relationship. One of
an old relationship, which its body calls so, may lack it.

**Why it matters.** Without the identifier the documents of the relationship are not found
together.

**Example.** A relationship that goes on was archived without its identifier.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD021",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="National structure 1505.1, note on the identifier of the relationship",
    since="0.1.0",
    advice="Give the relationship its identifier, or say in the body that it is an old one.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Look for the identifier."""
    if not archived.is_relationship:
        return
    if archived.value("*localSocialHeader/*encompassingClientRelationship", "root"):
        return
    told = archived.inside.get("sosiaalihuollon_asiakkuus")
    if not isinstance(told, dict) or told.get("vanha_asiakkuus") is not True:
        yield Hit("document: encompassingClientRelationship")
