"""Frame that describes another document.

**What it checks.** What the frame says of its document equals what the document says:
identifiers, version, times, language, secrecy, register, controller, client and author's
controller.

**Why it matters.** The archive files a document by its frame. When the two differ it is
refused, or filed where nobody finds it.

**Example.** The frame and the document have different identifiers because two files were mixed
up.
"""

from collections.abc import Iterator

from lxml import etree

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.signing.form import HL7
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

SAME = (
    ("id", "id", "root"), ("setId", "setId", "root"), ("versionNumber", "versionNumber", "value"),
    ("effectiveTime", "effectiveTime", "value"),
    ("confidentialityCode", "confidentialityCode", "code"),
    ("languageCode", "languageCode", "code"),
    ("*localSocialHeader/*registryType", "code", "code"),
    ("custodian/assignedCustodian/representedCustodianOrganization/id",
     "custodian/assignedCustodian/representedOrganization/id", "root"),
    ("custodian/assignedCustodian/representedCustodianOrganization/name",
     "custodian/assignedCustodian/representedOrganization/name", ""),
)  # fmt: skip
"""Path in the document, path in the frame, and attribute ("": the text) that are equal."""

MAY_LACK = frozenset({"confidentialityCode", "languageCode"})
"""Elements that a frame may leave out."""


@document_rule(
    "MD004",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.2.0",
    advice="Build the frame again from its document.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the two, when both can be read."""
    if len(archived.roots) != len(("document", "frame")):
        return
    for here, there, name in SAME:
        lacks = there in MAY_LACK and archived.first(f"//{there}", "frame") is None
        told = archived.value(f"//{there}", name, "frame")
        if not lacks and archived.value(here, name) != told:
            yield Hit(f"frame: {there}")
    yield from _clients(archived)


def _clients(archived: Archived) -> Iterator[Hit]:
    """Compare identity code, names, gender and birth of every client."""
    told = {
        part: sorted(
            _person(role, person) for of, role, person in archived.patients if of == part
        )
        for part in archived.parts
    }
    if len(told["document"]) != len(told["frame"]):
        yield Hit("frame: recordTarget")
    for one, other in zip(told["document"], told["frame"], strict=False):
        for name, here, there in zip(FIELDS, one, other, strict=True):
            if here != there:
                yield Hit(f"frame: recordTarget/{name}")


FIELDS = ("id", "name/family", "name/given", "administrativeGenderCode", "birthTime")


def _person(role: etree._Element, person: etree._Element) -> tuple[str, ...]:
    def told(element: etree._Element, path: str, name: str) -> str:
        found = element.find("/".join(f"{HL7}{step}" for step in path.split("/")))
        return "" if found is None else (found.get(name) if name else found.text) or ""

    given = sorted(
        f"{one.get('qualifier', '')} {one.text}"
        for one in person.findall(f"{HL7}name/{HL7}given")
    )
    return (
        told(role, "id", "extension"), told(person, "name/family", ""), "/".join(given),
        told(person, "administrativeGenderCode", "code"), told(person, "birthTime", "value"),
    )  # fmt: skip
