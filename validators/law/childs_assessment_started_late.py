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
from kirjaamo.classifications.law.working_days import is_after_working_days
from kirjaamo.classifications.structures import Structure
from kirjaamo.documents.model import Document
from kirjaamo.findings import Severity
from kirjaamo.rules import Hit, document_rule
from kirjaamo.validators.law.clients import all_between
from kirjaamo.validators.law.waiting import (
    BEGUN,
    SPECIAL,
    STARTED,
    Way,
    day_at,
    pointer,
    value_at,
    ways,
)

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
    for begun, started, special in ways(structure, BEGUN, STARTED, SPECIAL):
        yield partial(_late, begun, started, special)


def _late(begun: Way, started: Way, special: Way, document: Document) -> Iterator[Hit]:
    if value_at(document, special) is not True:
        return
    first, then = day_at(document, begun), day_at(document, started)
    if first is None or then is None:
        return
    days, adult = law().limits["assessment-started"].working_days, law().ages["adult"].years
    if is_after_working_days(then, first, days) and all_between(document, 0, adult, first):
        yield Hit(pointer(started), {"days": days})
