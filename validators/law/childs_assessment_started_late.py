"""Assessment of a child who needs special support started late.

**What it checks.** The service-need assessment of a child who is entitled to special support
was started on the seventh working day after the matter began at the latest. Working days are
from Monday to Friday without public holidays, Midsummer Eve and Christmas Eve; the day on
which the matter began is not counted. Every client of the document must be known to be a
child.

**Why it matters.** Special support is needed because the growth of the child is in danger. It
is a warning because the section was read as enacted, and because the need for special support
may have come to light later.

**Example.** The matter began on 12 June 2024 and the assessment was started on 25 June, after
Midsummer; the last day was 24 June.
"""

from collections.abc import Callable, Iterator
from functools import partial

from kirjaamo.classifications.law import law, start
from kirjaamo.classifications.law.working_days import working_days_after
from kirjaamo.classifications.structures import Structure
from kirjaamo.documents.model import Document
from kirjaamo.findings import Severity
from kirjaamo.rules import Hit, document_rule
from kirjaamo.validators.law import clients
from kirjaamo.validators.law.waiting import BEGUN, SPECIAL, STARTED, is_entitled, paths_of

Test = Callable[[Document], Iterator[Hit]]


@document_rule(
    "LW025",
    severity=Severity.WARNING,
    basis="Act 1301/2014, section 36(3)",
    since="0.1.0",
    advice="Find out why the assessment was late, and record the reason.",
    applies_from=start("1301/2014"),
)
def check(structure: Structure) -> Iterator[Test]:
    """Test the two days of assessments that tell of special support."""
    for begun, started, special in paths_of(structure, BEGUN, STARTED, SPECIAL):
        yield partial(_late, begun, started, special)


def _late(begun: str, started: str, special: str, document: Document) -> Iterator[Hit]:
    first = clients.day_at(document, begun)
    then = clients.day_at(document, started)
    if first is None or then is None or not is_entitled(document, special):
        return
    days = law().limits["assessment-started"].working_days
    adult = law().ages["adult"].years
    if then > working_days_after(first, days) and clients.all_between(
        document, 0, adult, first
    ):
        yield Hit(f"/{started}", {"days": days})
