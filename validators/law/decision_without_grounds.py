"""Decision without reasons or applied provisions.

**What it checks.** A decision gives its reasons and names the provisions it applies, where
the structure has fields for them apart from the outcome and leaves them optional.

**Why it matters.** The party must be able to judge whether to seek a review. It is a warning
because the act allows reasons to be left out, for example when a claim that concerns no one
else is accepted.

**Example.** A decision on isolating a child tells its outcome and duration, but no provision.
"""

import re
from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import decisions, demand

PROVISIONS = re.compile("lakiperuste|lainkohdat")
REASONS = re.compile(
    "perustelu|perustelut_sijaishuoltopaikan_muuttamiselle"
    "|(?:huostaanoton|kiireellisen_sijoituksen_jatkamisen)_perustelut"
)
WITH_REASONS = ("ratkaisu_ja_perustelut", "paatos_ja_perustelut")


@document_rule(
    "LW018",
    severity=Severity.WARNING,
    basis="Act 434/2003, section 45; Act 703/2023, section 45",
    since="0.1.0",
    advice="Give the reasons and the provisions, or make sure that the decision may be without.",
    applies_from=start("434/2003"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the provisions, and the reasons where the outcome has none in it."""
    provisions = [
        f.path for f in decisions(structure) if f.minimum == 0 and PROVISIONS.search(f.key)
    ]
    yield from demand(structure, *provisions)
    if not any(decisions(structure, *WITH_REASONS)):
        reasons = [f.path for f in decisions(structure) if REASONS.fullmatch(f.key)]
        yield from demand(structure, *reasons)
