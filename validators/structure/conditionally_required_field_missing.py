"""Conditionally required field that is missing.

**What it checks.** Many fields are required only in a situation that the structure describes in
words. Kirjaamo states each condition formally (see the page on conditions) and reports a field
that is missing in its situation. Where the document does not tell whether the situation is
there, nothing is reported. The parameter `condition` names the condition.

**Why it matters.** The archive's schema does not see such a gap, the reader does: the reason,
the time or the person that belongs to the situation is not told.

**Example.** The client was not heard, and the field for the reason is empty.
"""

from collections.abc import Iterator

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import document_rule
from kirjaamo.validators.structure.paths import NATIONAL
from kirjaamo.validators.structure.stated import Found, broken


@document_rule(
    "ST020",
    severity=Severity.ERROR,
    basis=NATIONAL,
    since="0.1.0",
    advice="Record the missing information, or correct the answer that makes it required.",
)
def check(structure: Structure, *, codes: Codes) -> Iterator[Found]:
    """Ask for the fields that the situation of the document requires."""
    yield from broken(structure, codes, frozenset({"required_if", "required_unless"}))
