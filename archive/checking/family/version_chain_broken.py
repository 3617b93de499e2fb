"""Version of a document that fits no chain.

**What it checks.** The first version has its own identifier as the identifier of the set and
replaces nothing; a later version has another identifier than the set and names the document it
replaces, which is not itself.

**Why it matters.** Otherwise the archive holds two valid versions of one document, or none.

**Example.** A document says version 2 and names no document that it replaces.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD005",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="HL7 CDA R2, setId, versionNumber and relatedDocument",
    since="0.1.0",
    advice="Give the number of the version, the set and the replaced document as the archive knows them.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare identifiers and number."""
    own, series = archived.oid, archived.value("setId", "root")
    number = archived.value("versionNumber", "value")
    replaced = archived.value("relatedDocument/parentDocument/id", "root")
    if not (own and series and number):
        return
    if (number == "1") != (own == series):
        yield Hit("document: setId")
    if (number == "1") == bool(replaced) or replaced == own:
        yield Hit("document: relatedDocument")
