"""OID in a document that holds a wrong business id.

**What it checks.** In an identifier, or a code of a register of organisations, that begins with
1.2.246.10, the next number is a business id without hyphen and without zeros in front: filled up
to eight digits it has the right check digit.

**Why it matters.** The OID would belong to another organisation, or to none, and so would what
the document says of it.

**Example.** `1.2.246.10.2048197.10.0` should be `1.2.246.10.2048198.10.0`, for 0204819-8.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Kind, Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure import identity
from kirjaamo.validators.structure.paths import asked

FORMAT = "kirjaamo-oid-with-business-id"


@document_rule(
    "ST042",
    severity=Severity.ERROR,
    basis="JHS 159, annex 1; Business Information Act 244/2001, section 9",
    since="0.1.0",
    advice="Compare the OID with the business id of the organisation and correct it.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for a business id under the root of organisations."""
    sound = {"format": FORMAT}
    formats = {FORMAT: identity.holds_business_id}
    for field in identity.registered(structure):
        code = {"properties": {"code": sound}}
        yield asked(structure, field, code, formats=formats)
    for field in structure.fields:
        if field.kind is Kind.IDENTIFIER and field.system != identity.IDENTITY_CODES:
            yield asked(structure, field, {"properties": {"value": sound}}, formats=formats)
