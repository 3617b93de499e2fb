"""Assessment of a person over 75 started late.

**What it checks.** The service-need assessment of a person over 75 was started on the seventh
working day after the matter began at the latest. Working days are from Monday to Friday
without public holidays, Midsummer Eve and Christmas Eve; the day on which the matter began is
not counted. Every client of the document must have turned 76, so that no reading of “over 75”
is in doubt.

**Why it matters.** Waiting harms old people most. It is a warning because the time runs from
the contact of the client or someone close, which may be another day than the one on which the
matter began, and because the section was read as enacted.

**Example.** The matter of a client of 82 began on 20 December 2024 and the assessment was
started on 9 January 2025; the last day was 7 January.
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
from kirjaamo.validators.law.waiting import BEGUN, STARTED, Way, day_at, pointer, ways

OLDEST = 130
"""Years that nobody reaches."""

Test = Callable[[Document], Iterator[Hit]]


@document_rule(
    "LW027",
    severity=Severity.WARNING,
    basis="Act 1301/2014, section 36(2)",
    since="0.1.0",
    advice="Check the day of the contact; if the assessment was late, record the reason.",
    applies_from=start("1301/2014"),
)
def check(structure: Structure) -> Iterator[Test]:
    """Test the two days of assessments."""
    for begun, started in ways(structure, BEGUN, STARTED):
        yield partial(_late, begun, started)


def _late(begun: Way, started: Way, document: Document) -> Iterator[Hit]:
    first, then = day_at(document, begun), day_at(document, started)
    if first is None or then is None:
        return
    days, least = law().limits["assessment-started"].working_days, law().ages["over-75"].years
    if is_after_working_days(then, first, days) and all_between(document, least, OLDEST, first):
        yield Hit(pointer(started), {"days": days})
