"""Information disclosed and not told what.

**What it checks.** An entry on information given to an outsider tells what was given: the
information itself, or the documents. To whom, when, by whom, on what basis and for what
purpose is asked for by the national structure.

**Why it matters.** The client has a right to know what others have been told. The old act
demanded it of the document itself; the present one does not.

**Example.** An entry tells that the police received information on 2 May 2022, and not which.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import end, start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, named


@document_rule(
    "LW008",
    severity=Severity.ERROR,
    basis="Act 254/2015, section 10(1)(1)",
    since="0.1.0",
    advice="Record the information or the documents that were given.",
    applies_from=start("254/2015", "10"),
    applies_to=end("254/2015"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand what was given."""
    paths = [f.path for f in named(structure, "luovutetut_tiedot", "luovutetut_asiakirjat")]
    yield from demand(structure, *paths)
