"""Decision that does not tell whether the party was heard, or why not.

**What it checks.** In a decision whose structure has a group for hearing the client it is
told whether the client was heard; when someone was not, the reason is told. Where the
national structure has a condition of its own on the reason, that condition is tested instead.

**Why it matters.** A party is heard before a matter is decided, unless the act allows
otherwise. It is a warning because the act does not say that the decision itself tells of the
hearing.

**Example.** A decision on holding a child's belongings does not answer whether the child was
heard.
"""

import re
from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.classifications.structures.condition_forms import AnsweredNo
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import decisions, demand

OTHERS = re.compile("muiden_henkiloiden|huoltaj")
REASON = "syyt_selvittamatta_jattamiselle"


@document_rule(
    "LW023",
    severity=Severity.WARNING,
    basis="Act 434/2003, section 34; Act 812/2000, section 8(3); Act 1301/2014, section 31",
    since="0.1.0",
    advice="Record whether the client was heard, and if not, which ground of the act allowed it.",
    applies_from=start("434/2003"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand the answer on the client, and the reason where someone was not heard."""
    for answer in decisions(structure, "suoritettu"):
        if not OTHERS.search(answer.path):
            yield from demand(structure, answer.path)
        reason = f"{answer.parent}/{REASON}"
        if structure.field(reason):
            when = AnsweredNo(answer.key)
            yield from demand(structure, reason, within=answer.parent, when=when)
