"""Service-need assessment without the client's view or the nature of the need.

**What it checks.** An assessment of the need for services holds the client's own view of the
need; when the client relationship goes on, it tells whether the need is temporary, recurring
or long-term.

**Why it matters.** The assessment is made with the client. It is a warning because the view
is not required when there is an obvious obstacle, and the nature only when there is a need
for support.

**Example.** The professional's conclusions are there, and the field for the client's
assessment is empty.
"""

import re
from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.classifications.structures.condition_forms import AnsweredYes
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, is_assessment, named

VIEW = re.compile("(?:asiakkaan|asiakkaan_ja_hanen_laheisensa|lapsen)_arvio_tue")
DEPTH = 2
"""Keys of the client's view stand directly under the heading of conclusions."""


@document_rule(
    "LW012",
    severity=Severity.WARNING,
    basis="Act 1301/2014, section 37(1) and (2)(3); Act 703/2023, section 42; until 2023 Act 254/2015, section 15",
    since="0.1.0",
    advice="Record the client's view and the nature of the need, or the obstacle to asking.",
    applies_from=start("1301/2014"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the client's view, and the nature of the need of those who stay clients."""
    if not is_assessment(structure):
        return
    views = [f.path for f in structure.fields if VIEW.match(f.key) and f.depth == DEPTH]
    yield from demand(structure, *views)
    for going_on in structure.fields:
        if going_on.key.startswith("asiakkuus_jatkuu"):
            when = AnsweredYes(going_on.path.removeprefix(f"{structure.root}/"))
            for nature in named(structure, "arvio_tuen_tarpeen_luonteesta"):
                yield from demand(structure, nature.path, within=structure.root, when=when)
