"""Temporary identifier in a document that is malformed.

**What it checks.** A temporary identifier is written as an OID of the organisation that gave it,
`1.2.246.10.<business id>.22.<year>` with what follows, its unit perhaps between; or in the form
that the national definitions show: the day of birth, a separator, three digits and a letter or
digit. The confidence is secondary: no source says that there are no other forms.

**Why it matters.** When the person later has an identity code, the documents are joined by the
temporary one; if it is none, they stay apart.

**Example.** `TP-15` is neither; `1.2.246.10.2048198.22.2024.15` and `100190-999a` are.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure.identity import NUMBER
from kirjaamo.validators.structure.paths import NATIONAL, asked

KEY = "tilapainen_yksilointitunnus"

FORM = (
    r"^((urn:oid:)?1\.2\.246\.10\.[1-9][0-9]{0,7}"  # root and business id
    rf"(\.10(\.{NUMBER})+)?\.22\.(19|20)[0-9]{{2}}(\.{NUMBER})*"  # perhaps a unit; the year
    r"|[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-Za-z])$"  # like an identity code
)


@document_rule(
    "ST043",
    severity=Severity.WARNING,
    basis=f"{NATIONAL}; HL7 Finland base profiles, patient identifiers",
    since="0.1.0",
    advice="Give the person a temporary identifier of your organisation in its OID form.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for one of the forms."""
    for field in structure.fields:
        if field.key == KEY:
            yield asked(structure, field, {"properties": {"value": {"pattern": FORM}}})
