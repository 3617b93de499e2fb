"""Code that is not in its code list.

**What it checks.** Where the structure refers to a code list without naming codes, and Kirjaamo
has the whole list, the code of the document is in it. The status and the dates of the code do
not matter here (ST032). A list that is only known in part belongs to ST031. The parameter
`list` is the OID of the list.

**Why it matters.** The archive refuses the code, and no reader can know what it means.

**Example.** The list has the codes 1 and 2, the document 7.
"""

from collections.abc import Iterator

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure import listed
from kirjaamo.validators.structure.paths import NATIONAL, asked


@document_rule(
    "ST030",
    severity=Severity.ERROR,
    basis=f"{NATIONAL}; the national code service",
    since="0.1.0",
    advice="Choose a code of the list; see `kirjaamo codes show`.",
)
def check(structure: Structure, *, codes: Codes) -> Iterator[Demand]:
    """Ask for a code of the list, where the list is complete."""
    for field, found in listed.fields(structure, codes):
        if found.complete:
            code = {"properties": {"code": {"enum": list(listed.known(found))}}}
            yield asked(structure, field, code, parameters={"list": found.key})
