"""Instance whose name does not end in .xbrl.

**What it checks.** The name of an instance in XML ends in `.xbrl`.

**Why it matters.** The first of the authority's technical rules: another ending is not
received.

**Example.** A program saved the instance as `filing.xml`.
"""

from collections.abc import Iterator

from kirjaamo.finance.instances.subject import Subject, at
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "FN101",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="JHS 194 annex 3 v2.0 (12 February 2020), rule 1.1",
    since="0.1.0",
    advice="Rename the file.",
)
def check(subject: Subject) -> Iterator[Hit]:
    """Look at the instance."""
    if not subject.xml.file.endswith(".xbrl"):
        yield at(1, "file")
