"""Assessment of a child who needs special support completed late.

**What it checks.** The service-need assessment of a child who is entitled to special support
is dated three months after the matter began at the latest; when the last day is no working
day, the next one is. Every client of the document must be known to be a child, and the
document must show its day.

**Why it matters.** The act gives three months and no more. It is a warning because the
section was read as enacted, and because the need for special support may have come to light
later.

**Example.** The matter began on 30 November 2023 and the assessment is dated 1 March 2024;
the last day was 29 February.
"""

from collections.abc import Callable, Iterator
from functools import partial

from kirjaamo.classifications.law import law, start
from kirjaamo.classifications.law.working_days import is_after_months
from kirjaamo.classifications.structures import Structure
from kirjaamo.documents.model import Document
from kirjaamo.findings import Severity
from kirjaamo.rules import Hit, document_rule
from kirjaamo.validators.law.clients import all_between
from kirjaamo.validators.law.waiting import (
    BEGUN,
    OWN,
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
    "LW026",
    severity=Severity.WARNING,
    basis="Act 1301/2014, section 36(3)",
    since="0.1.0",
    advice="Find out why the assessment was late, and record the reason.",
    applies_from=start("1301/2014"),
)
def check(structure: Structure) -> Iterator[Test]:
    """Test the days of assessments that tell of special support."""
    own = (structure.root, OWN)
    for begun, special, _ in ways(structure, BEGUN, SPECIAL, STARTED):
        if structure.field("/".join(own)):
            yield partial(_late, begun, own, special)


def _late(begun: Way, own: Way, special: Way, document: Document) -> Iterator[Hit]:
    if value_at(document, special) is not True:
        return
    first, done = day_at(document, begun), day_at(document, own)
    if first is None or done is None:
        return
    months = law().limits["assessment-of-child-completed"].months
    adult = law().ages["adult"].years
    if is_after_months(done, first, months) and all_between(document, 0, adult, first):
        yield Hit(pointer(own), {"months": months})
