"""Code without its list or name, or that its list does not have.

**What it checks.** Every coded element tells code, code system, name of the code system and
display name; when the built-in list of the code system is complete, it has the code.

**Why it matters.** A reader of the archive in fifty years has only what stands in the
document.

**Example.** An element has a code and no display name.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.archive.checking.coded import known_codes
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule

TOLD = ("code", "codeSystem", "codeSystemName", "displayName")

BARE = frozenset(
    {
        "realmCode", "languageCode", "statusCode", "versionCode", "processingCode",
        "processingModeCode", "acceptAckCode", "priorityCode",
    }
)  # fmt: skip
"""Elements whose code belongs to HL7 and stands alone."""

HL7_ROOT = "2.16.840.1."


@document_rule(
    "MD010",
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="HL7 CDA R2, data types CD and CE; code lists of the national code service",
    since="0.1.0",
    advice="Take the code and its names from the code list.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Look at every element with a code or a code system."""
    for part, entry in archived.entries():
        told, name = entry.attributes, entry.name
        if not (told.get("code") or told.get("codeSystem")):
            continue
        system, code = str(told.get("codeSystem", "")), str(told.get("code", ""))
        if name in BARE or system.startswith(HL7_ROOT):
            continue
        yield from (Hit(f"{part}: {name}: {one}") for one in TOLD if not told.get(one))
        shown = known_codes(archived.means.codes, system)
        if shown is not None and code not in shown:
            yield Hit(f"{part}: {name}: code")
