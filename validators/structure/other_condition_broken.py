"""Fields that break a condition together.

**What it checks.** At least one of several fields is filled, or one of several choices is made,
where the structure asks it in words. A finding points at the group of the fields. The parameter
`condition` names the condition.

**Why it matters.** The archive's schema does not see that none of the fields was used, and the
document does not tell what it must.

**Example.** A client has neither a personal identity code nor a temporary identifier.
"""

from collections.abc import Iterator

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import document_rule
from kirjaamo.validators.structure.paths import NATIONAL
from kirjaamo.validators.structure.stated import Found, broken


@document_rule(
    "ST022",
    severity=Severity.ERROR,
    basis=NATIONAL,
    since="0.1.0",
    advice="Fill in at least one of the fields that the condition names.",
)
def check(structure: Structure, *, codes: Codes) -> Iterator[Found]:
    """Ask for what several fields must tell together."""
    yield from broken(structure, codes, frozenset({"at_least_one_of", "must_hold"}))
