"""Client relationship without its beginning, worker or reason of end.

**What it checks.** The document of a client relationship tells when the relationship began
and which worker is responsible for the services, and when it has ended also the reason. A
relationship archived as old data is not asked for these.

**Why it matters.** The act lists them without exception among what is recorded of every
client. The day of the end is asked for by the national structure itself.

**Example.** The relationship ended on 31 March 2025 and its reason of end is empty.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.classifications.structures.condition_forms import AnsweredYes, Every, Filled, Not
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand

RELATIONSHIP = "sosiaalihuollon_asiakkuus"
ENDED = f"{RELATIONSHIP}/asiakkuuden_paattymispvm"


@document_rule(
    "LW005",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38(2)(2), (3) and (5)",
    since="0.1.0",
    advice="Record the day on which the relationship began, the responsible worker, and the reason when it has ended.",
    applies_from=start("703/2023"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the facts of the relationship, unless it is old data."""
    root = structure.root
    if structure.field(f"{root}/{ENDED}") is None:
        return
    current = Not(AnsweredYes(f"{RELATIONSHIP}/vanha_asiakkuus"))
    wanted = (
        (current, f"{RELATIONSHIP}/asiakkuuden_alkamispvm"),
        (current, "palveluista_vastaava_tyontekija"),
        (Every((current, Filled(ENDED))), f"{RELATIONSHIP}/asiakkuuden_paattymisen_perustelu"),
    )
    for when, key in wanted:
        yield from demand(structure, f"{root}/{key}", within=root, when=when)
