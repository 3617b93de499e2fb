"""Author without a position or duty.

**What it checks.** In a document that only professionals make, its author is there with a
position or duty. A decision is looked at by its decision maker. Where the structure lets
anyone be the author, nothing is demanded.

**Why it matters.** Who may decide and record depends on the position. Both acts say without
exception that a document shows its author's name and position or duty.

**Example.** An entry is signed with a name only, its field for the position is empty.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, named

AUTHORS = ("laatija", "paatoksentekija", "ilmoittaja", "hakija", "maksusitoumuksen_antaja")
"""Keys of the group that names the author, the first that a structure has."""

ANYONE = ("asiakas", "yksityishenkil", "edustuston")
"""Words for authors who have no position in social welfare."""


@document_rule(
    "LW001",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38(1)(4); until 2023 Act 254/2015, section 9(1)(7)",
    since="0.1.0",
    advice="Record the position or duty of the author.",
    applies_from=start("254/2015", "9"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the author, and the position beside the name."""
    author = structure.author.lower()
    if not author or any(word in author for word in ANYONE):
        return
    key = next((key for key in AUTHORS if any(named(structure, key))), "")
    for group in named(structure, key):
        yield from demand(structure, group.path)
        position = f"{group.path}/tehtavanimike"
        if structure.field(position):
            yield from demand(structure, position, within=group.path)
