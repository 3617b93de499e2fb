"""Document without its day.

**What it checks.** A bare document tells the day on which it was made or recorded, in one of
its own dates or beside a signature. A document inside an archive document is not looked at:
its header tells the time. Documents that begin a matter belong to LW010.

**Why it matters.** Law, codes and access are judged by the day of the document. Both acts
demand the day without exception; it is a warning because the header or the system beside a
bare document may tell it.

**Example.** A plan tells its client and author, but neither it nor its signature has a date.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import law, start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, own_days, unless_told_outside


@document_rule(
    "LW002",
    severity=Severity.WARNING,
    basis="Act 703/2023, section 38(1)(5); until 2023 Act 254/2015, section 9(1)(8)",
    since="0.1.0",
    advice="Record the day of the document, or check it as an archive document.",
    applies_from=start("254/2015", "9"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand one of the document's own dates."""
    if structure.code not in law().initiating.types:
        yield from unless_told_outside(demand(structure, *own_days(structure)))
