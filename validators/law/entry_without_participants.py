"""Client record entry without its time or those who took part.

**What it checks.** An entry of the client record tells when the support or service was given,
by its event or by the day of the entry; when its structure has a field for those who took
part, that is filled.

**Why it matters.** Both acts demand the time and the participants. It is a warning because
client and author may have been the only ones, and nothing more may have been recorded.

**Example.** An entry on a negotiation tells what was agreed, and not with whom.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Kind, Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, named, own_days


@document_rule(
    "LW016",
    severity=Severity.WARNING,
    basis="Act 703/2023, section 44; until 2023 Act 254/2015, section 17(1) and (3)",
    since="0.1.0",
    advice="Record when the event took place and who took part in it.",
    applies_from=start("254/2015", "17"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand a time of the event, and the participants where there is a field."""
    for event in named(structure, "tapahtuma"):
        inside = [f for f in structure.fields if f.path.startswith(f"{event.path}/")]
        times = [f.path for f in inside if f.kind is Kind.DATETIME]
        yield from demand(structure, *times, *own_days(structure))
        yield from demand(structure, *(f.path for f in inside if f.key == "osallistujat"))
