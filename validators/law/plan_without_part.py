"""Client plan without a part the act lists.

**What it checks.** A client plan tells who took part in making it, how often client and
worker meet, the client's strengths, how long the relationship is expected to last, which
partners share the work, and when the plan is reviewed. The finding points at the part that is
missing.

**Why it matters.** The plan is made with the client and followed up. It is a warning because
the act asks for these only to the extent that the client's need requires.

**Example.** The plan has goals and services, and no day or time for its review.
"""

import re
from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, is_client_plan

PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        "osallistujat",
        "(?:suunnitelma_)?(?:asiakkaan|lapsen)_ja_.*tapaami.*",
        ".*vahvuudet_ja_voimavarat",
        "arvio_.*_kestosta",
        ".*palvelunantajat_ja_heidan_vastuunsa",
        "(?:asiakas)?suunnitelman_tark[ai]stam.*",
    )
)
"""Keys of the fields of each part."""


@document_rule(
    "LW014",
    severity=Severity.WARNING,
    basis="Act 1301/2014, section 39(1) and (2)(4), (5) and (7) to (9); Act 812/2000, section 7(2)",
    since="0.1.0",
    advice="Complete the part, unless the client's need does not require it.",
    applies_from=start("1301/2014"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand a field of each part."""
    if is_client_plan(structure):
        for part in PARTS:
            paths = [field.path for field in structure.fields if part.fullmatch(field.key)]
            yield from demand(structure, *paths)
