"""Client whose metadata contradict the identity code.

**What it checks.** The identity code of every client is without fault, and the day of birth is
the one in the code.

**Why it matters.** One of them is wrong: the document may be filed to another person.

**Example.** The code is of a person born on 10 January, and the day of birth is 11 January.
"""

from collections.abc import Iterator

from kirjaamo.archive.checking.archived import Archived
from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import Hit, document_rule
from kirjaamo.validators.structure.identity import birth_date, is_identity_code


@document_rule(
    "MD013",
    severity=Severity.ERROR,
    cause=Cause.PERSON,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Check in the population information system which of the two is right.",
)
def check(archived: Archived) -> Iterator[Hit]:
    """Compare code and day of every client."""
    for part, clients in archived.clients.items():
        for one in clients:
            if not is_identity_code(one.code):
                yield Hit(f"{part}: recordTarget: id")
            elif one.born != birth_date(one.code).replace("-", ""):
                yield Hit(f"{part}: recordTarget: birthTime")
