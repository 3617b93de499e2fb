"""Frame that describes another document.

**What it checks.** What the frame says of its document equals what the document says:
identifiers, version, time, language, secrecy, register, controller, clients and author.

**Why it matters.** The archive files a document by its frame. When the two differ it is
refused, or filed where nobody finds it.

**Example.** The frame and the document have different identifiers because two files were mixed
up.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.checking.layout import INNER, is_slot
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

MAY_LACK = frozenset({f"{INNER}/confidentialityCode", f"{INNER}/languageCode"})
"""Elements that a frame may leave out."""


@document_rule(
    "MD004",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Archive messages of the customer test environment, 2026",
    since="0.1.0",
    advice="Build the frame again from its document.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare the two, when both can be read."""
    if len(archived.readable) != len(("document", "frame")):
        return
    for here, there, name in _compared(archived):
        if archived.value(here, name) != archived.value(there, name, "frame"):
            yield Hit(f"frame: {there.removeprefix(INNER).lstrip('/')}")
    yield from _clients(archived)
    yield from _author(archived)


def _compared(archived: Archived) -> list[tuple[str, str, str]]:
    """Return what can differ: what is told by the moulds alone is compared once for both."""
    mine, told = (archived.parts[part].layout for part in ("document", "frame"))
    assert mine is not None and told is not None, "both can be read"  # noqa: S101, PT018 - asked before
    found = mine.compared.get(id(told))
    if found is None or found[0] is not told:
        pairs = [(here, f"{INNER}/{there}", name) for here, there, name in SAME]
        pairs = [p for p in pairs if p[1] in told.by_path or p[1] not in MAY_LACK]
        found = mine.compared[id(told)] = (told, [
            (here, there, name) for here, there, name in pairs
            if is_slot(mine.looked[here, name]) or is_slot(told.looked[there, name])
            or mine.looked[here, name] != told.looked[there, name]
        ])  # fmt: skip
    return found[1]


def _clients(archived: Archived) -> Iterator[Hit]:
    """Compare identity code, names, sex and birth of every client."""
    mine, told = archived.clients["document"], archived.clients["frame"]
    if mine == told:
        return
    if len(mine) != len(told):
        yield Hit("frame: recordTarget")
    for one, other in zip(sorted(mine), sorted(told), strict=False):
        for name, here, there in zip(FIELDS, one, other, strict=True):
            if here != there:
                yield Hit(f"frame: recordTarget/{name}")


FIELDS = (
    "id", "name/family", "name/given", "name/given", "administrativeGenderCode", "birthTime",
)  # fmt: skip


def _author(archived: Archived) -> Iterator[Hit]:
    """Compare the names of the author, when the frame tells them."""
    here = "author/assignedAuthor/assignedPerson/name"
    for name in ("family", "given"):
        told = archived.value(f"//{here}/{name}", "", "frame")
        if told and told != archived.value(f"{here}/{name}", ""):
            yield Hit(f"frame: author/{name}")
