"""Name used that is none of the given names.

**What it checks.** The name used (qualifier CL) is one of the given names.

**Why it matters.** The archive shows the name used; a name that the person does not have
points to a mixed-up record.

**Example.** The given names are Aino Maria, and the name used is Leena.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.signing.form import HL7
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule


@document_rule(
    "MD014",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="Archive messages of the customer test environment, 2026",
    since="0.2.0",
    advice="Correct the names from the population information system.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the name used with the given names of every client."""
    for part, _, person in archived.patients:
        given = person.findall(f"{HL7}name/{HL7}given")
        every = {
            name for one in given if one.get("qualifier") is None
            for name in (one.text or "").split()
        }  # fmt: skip
        used = [one.text or "" for one in given if one.get("qualifier") == "CL"]
        if not every or any(name not in every for name in used):
            yield Hit(f"{part}: recordTarget: given")
