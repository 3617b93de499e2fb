"""Code that is not in the part of its list that is built in.

**What it checks.** Where the structure refers to a code list without naming codes, and Kirjaamo
has only a part of the list, the code of the document is in that part. The parameter `list` is
the OID of the list.

**Why it matters.** The code may well be right: the built-in list is not whole. Until the official
list is imported, wrong codes cannot be told from unknown ones.

**Example.** The document has the social service 17, and the built-in list thirteen of the
services, 17 not among them.
"""

from collections.abc import Iterator

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure import listed
from kirjaamo.validators.structure.paths import NATIONAL, asked


@document_rule(
    "ST031",
    severity=Severity.WARNING,
    basis=f"{NATIONAL}; the national code service",
    since="0.1.0",
    advice="Import the official list with `kirjaamo codes import`, and check again.",
)
def check(structure: Structure, *, codes: Codes) -> Iterator[Demand]:
    """Ask for a code of the list, where only a part of the list is known."""
    for field, found in listed.fields(structure, codes):
        if not found.complete:
            code = {"properties": {"code": {"enum": list(listed.known(found))}}}
            yield asked(structure, field, code, parameters={"list": found.key})
