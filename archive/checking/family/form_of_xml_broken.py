"""Archive document that is no plain XML.

**What it checks.** A document and its frame are XML in UTF-8 without document type and
entities, with exactly one XML declaration, no byte order mark and LF line ends.

**Why it matters.** The receiving service refuses anything else before it looks at the content.

**Example.** A document was saved on Windows, and its lines end in CR LF.
"""

import re
from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

_DECLARED = re.compile(
    rb"<\?xml version=(['\"])1\.0\1 encoding=(['\"])[Uu][Tt][Ff]-8\2(?: [^?]*)?\?>"
)


@document_rule(
    "MD001",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Write the file again with one XML declaration, UTF-8 and LF line ends.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Look at the bytes of both parts."""
    for part, read in archived.parts.items():
        content = read.content
        if read.layout is None:
            yield Hit(f"{part}: xml")
        if _DECLARED.match(content) is None or content.count(b"<?xml ") != 1:
            yield Hit(f"{part}: declaration")
        if b"\r" in content:
            yield Hit(f"{part}: line ends")
