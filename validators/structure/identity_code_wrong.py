"""Personal identity code that cannot be one.

**What it checks.** An identifier of the system 1.2.246.21 has the form of a personal identity
code: a day that exists, a separator of its century, an individual number from 002 to 999, and
the check character that belongs to the digits. Capitals matter. An identifier that names another
system is not looked at.

**Why it matters.** The archive files the document under the identity code: with a wrong one it
lands with nobody, or with somebody else.

**Example.** `100190-999R` should be `100190-999P`.
"""

from collections.abc import Iterator

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.structure import identity
from kirjaamo.validators.structure.paths import asked

FORMAT = "kirjaamo-identity-code"


@document_rule(
    "ST040",
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Check the identity code in the population information system and correct it.",
)
def check(structure: Structure) -> Iterator[Demand]:
    """Ask for a sound code in every identifier of persons."""
    sound = {"properties": {"value": {"format": FORMAT}}}
    schema = identity.in_system(identity.IDENTITY_CODES, sound)
    for field in identity.identity_codes(structure):
        yield asked(structure, field, schema, formats={FORMAT: identity.is_identity_code})
