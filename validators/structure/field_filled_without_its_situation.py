"""Field that is filled though its situation is not there.

**What it checks.** Some fields are shown only in a certain situation. They are empty in
documents that tell the opposite. The parameter `condition` names the condition.

**Why it matters.** The document contradicts itself, and nobody can tell which of the two was
meant.

**Example.** The client was heard, and yet a reason is given why the client was not.
"""

from collections.abc import Iterator

from kirjaamo.classifications import Codes
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import document_rule
from kirjaamo.validators.structure.paths import NATIONAL
from kirjaamo.validators.structure.stated import Found, broken


@document_rule(
    "ST021",
    severity=Severity.WARNING,
    basis=NATIONAL,
    since="0.1.0",
    advice="Find out which of the two is right, and correct or empty the other.",
)
def check(structure: Structure, *, codes: Codes) -> Iterator[Found]:
    """Ask that fields are empty where the situation of the document excludes them."""
    yield from broken(structure, codes, frozenset({"forbidden_if"}))
