"""Decision id that is the id of the document.

**What it checks.** The id of a decision in the body of an archive document is another than the
OID of the document's version in its metadata. One national definition says so, of one kind of
decision; for the others the confidence is secondary, hence a warning.

**Why it matters.** The decision stays the same when the document gets a new version; an id that
changes with the version names the decision no longer.

**Example.** The header has `1.2.246.10.2048198.14.1` as the id of the document, and so has the
decision.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Field, Kind, Structure
from kirjaamo.documents.model import Document
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule
from kirjaamo.validators.structure.paths import NATIONAL, Test

KEY = "paatostunnus"


@document_rule(
    "ST061",
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Give the decision an id of its own.",
)
def check(structure: Structure) -> Iterator[Test]:
    """Compare the ids of documents that have metadata."""
    for field in structure.fields:
        if field.key == KEY and field.kind is Kind.IDENTIFIER:
            yield _test(field)


def _test(field: Field) -> Test:
    path = f"{field.path}/value"

    def test(document: Document) -> list[Hit]:
        told = document.metadata.get("document_id")
        if not told:
            return []
        return [Hit(place) for place, value in document.at(path) if _same(value, told)]

    return test


def _same(value: object, told: str) -> bool:
    return isinstance(value, str) and value.strip().removeprefix("urn:oid:") == told
