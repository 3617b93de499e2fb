"""Client record entry that tells no event.

**What it checks.** An entry of the client record describes what happened; an entry on
something cancelled tells why, or what else there is to tell.

**Why it matters.** The client record consists of the events in which the client's matter was
handled. Both acts demand them without exception.

**Example.** An entry on a meeting has a service task and a time, and no description.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, named

TOLD = ("kuvaus", "peruuntumisen_syy", "lisatiedot_peruuntumisesta")


@document_rule(
    "LW015",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 44; until 2023 Act 254/2015, section 17(3)",
    since="0.1.0",
    advice="Describe the event.",
    applies_from=start("254/2015", "17"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the description of the event."""
    for event in named(structure, "tapahtuma"):
        paths = [f.path for f in structure.inside(event.path) if f.key in TOLD]
        yield from demand(structure, *paths)
