"""Matter begun without the initiator or the day being told.

**What it checks.** A bare notification or contact by which a matter begins tells who made it,
and it, an application and an entry tell the day. A document inside an archive document is not
asked for the day.

**Why it matters.** The times within which the matter must be handled run from that day. Both
acts list the two. It is a warning because a notification can be made without a name, and the
system beside a bare document may tell the day.

**Example.** A child welfare notification tells the concern, but has neither a notifier nor a
day.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import law, start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, named, own_days, unless_told_outside


@document_rule(
    "LW010",
    severity=Severity.WARNING,
    basis="Act 703/2023, section 41(3) and (4); until 2023 Act 254/2015, section 14(3) and (4)",
    since="0.1.0",
    advice="Record who initiated the matter and when.",
    applies_from=start("254/2015", "14"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the initiator and the day."""
    if structure.code not in law().initiating.types:
        return
    for group in named(structure, "ilmoittaja", "yhteydenottaja"):
        yield from demand(structure, group.path)
    yield from unless_told_outside(demand(structure, *own_days(structure)))
