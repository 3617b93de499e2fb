"""Matter begun without the need being told.

**What it checks.** An application, notification, contact or entry by which a matter begins
tells the need for support, care or other service: a service applied for, contents, a
description, or a reason.

**Why it matters.** The need is what the authority takes up. Both acts list it without
exception.

**Example.** An entry on the beginning of a matter has its day and its client, and nothing on
what the matter is about.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import law, start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, named

NEED = (
    "kuvaus_asian_vireilletulosta",
    "kuvaus_tilanteesta_ja_huolesta",
    "asiasisalto",
    "haettava_palvelu",
    "vireilletulon_syyt",
    "lastensuojelullinen_huoli",
    "syyt_ennakollisen_lastensuojeluilmoituksen_tekemiseen",
    "tuen_tarkoitus_ja_perustelut",
    "luoton_kayttotarkoitus",
    "kuvaus_hakijan_tilanteesta_ja_perustelut_haettavalle_palvelulle",
)
"""Keys of the fields in which the need is told."""


@document_rule(
    "LW009",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 41(1); until 2023 Act 254/2015, section 14(1)",
    since="0.1.0",
    advice="Record the need for support or service by which the matter began.",
    applies_from=start("254/2015", "14"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand one of the fields in which the need is told."""
    if structure.code in law().initiating.types:
        yield from demand(structure, *(field.path for field in named(structure, *NEED)))
