"""Matter id that differs from the one in the metadata.

**What it checks.** The matter id in the body of an archive document equals that of its metadata.
A leading `urn:oid:` does not matter. A document without metadata is not looked at.

**Why it matters.** The archive finds the document by its metadata and people read the body: with
two ids it belongs to two matters, or to none.

**Example.** The header names the matter `1.2.246.10.2048198.18.2024.1` and the body another.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Field, Kind, Structure
from kirjaamo.documents.model import Document
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule
from kirjaamo.validators.structure.paths import NATIONAL, Test

KEYS = frozenset({"asianumero", "tilauksen_asianumero", "asiatunnus"})
"""Keys whose definition asks for the matter id of the metadata."""


@document_rule(
    "ST060",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis=NATIONAL,
    since="0.1.0",
    advice="Find out which matter the document belongs to, and correct the other id.",
)
def check(structure: Structure) -> Iterator[Test]:
    """Compare the ids of documents that have metadata."""
    fields = [f for f in structure.inside(structure.root) if f.key in KEYS]
    if fields:
        yield _test(tuple(f for f in fields if f.kind is Kind.IDENTIFIER))


def _test(fields: tuple[Field, ...]) -> Test:
    def test(document: Document) -> list[Hit]:
        told = document.metadata.get("matter_id", "")
        return [
            Hit(place)
            for field in (fields if told else ())
            for place, value in document.at(f"{field.path}/value")
            if isinstance(value, str) and _plain(value) != _plain(told)
        ]

    return test


def _plain(oid: str) -> str:
    return oid.strip().removeprefix("urn:oid:")
