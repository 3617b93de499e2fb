"""Document that cannot be read.

**What it checks.** The bytes are one whole JSON object with one root key, in UTF-8, without a
key twice in one object, with numbers that JSON knows, no deeper and no larger than any document
is. Inside an archive document, the container and the base64 of its body are whole, and its XML
declares no document type. The parameter `damage` tells what was found.

**Why it matters.** Nobody can say what such a document holds: no other rule is run on it.

**Example.** The file ends in the middle of a text because a transfer was cut off.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Demand, document_rule


@document_rule(
    "ST001",
    severity=Severity.ERROR,
    cause=Cause.DATA,
    basis="RFC 8259; National document structures (THL), snapshot of 20 May 2025",
    since="0.1.0",
    advice="Export or transfer the document again, and tell the supplier if it stays broken.",
)
def check(structure: Structure) -> Iterator[Demand]:  # noqa: ARG001 - known before a structure is
    """Ask nothing of a structure: the engine finds it before there is one."""
    yield from ()
