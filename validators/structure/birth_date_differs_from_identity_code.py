"""Date of birth in a document that differs from the identity code beside it.

**What it checks.** Where one group has both a whole date of birth and a sound personal identity
code, the code's day and century are those of the date. Codes with faults belong to ST040.

**Why it matters.** One of the two is wrong: the document may be about another person, and ages
and retention periods are counted from a wrong day.

**Example.** The identity code `100190-999P` and the date of birth 1990-01-11 disagree.
"""

from collections.abc import Iterator
from functools import partial

from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import document_rule
from kirjaamo.validators.structure import identity
from kirjaamo.validators.structure.paths import Group, Test, broken_in

BIRTH_DATE = "syntymaaika"
WHOLE = len("1990-01-10")


@document_rule(
    "ST044",
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Check in the population information system which of the two is right.",
)
def check(structure: Structure) -> Iterator[Test]:
    """Compare the two in every group that has both."""
    for field in identity.identity_codes(structure):
        if structure.field(f"{field.parent}/{BIRTH_DATE}") and field.maximum == 1:
            yield broken_in(structure, field.parent, partial(_differs, field.key))


def _differs(key: str, group: Group) -> str | None:
    """Return the key of the date of birth when it is another day than the code's."""
    born, person = group.get(BIRTH_DATE), group.get(key)
    code = person.get("value") if isinstance(person, dict) else None
    if not isinstance(born, str) or not isinstance(code, str) or len(born) != WHOLE:
        return None
    if not identity.is_identity_code(code) or identity.birth_date(code) == born:
        return None
    return BIRTH_DATE
