"""Client without an identifier or day of birth.

**What it checks.** Each client is identified: by a personal identity code, or when that is
not known by a temporary identifier or the day of birth. Where the national structure has a
condition of its own on this, that condition is tested instead. A document inside an archive
document is not looked at: its header identifies the client.

**Why it matters.** A name alone does not tell whose document it is. Both acts demand one of
the three without exception.

**Example.** The document names its client, and the fields for the identity code and the
temporary identifier are empty.
"""

from collections.abc import Iterator

from kirjaamo.classifications.law import start
from kirjaamo.classifications.structures import Structure
from kirjaamo.findings import Severity
from kirjaamo.rules import Demand, document_rule
from kirjaamo.validators.law.demands import demand, unless_told_outside

IDENTIFIERS = ("henkilotunnus", "tilapainen_yksilointitunnus", "syntymaaika")


@document_rule(
    "LW003",
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38(1)(2); until 2023 Act 254/2015, section 9(1)(2)",
    since="0.1.0",
    advice="Record the personal identity code, or until it is known a temporary identifier or the day of birth.",
    applies_from=start("254/2015", "9"),
)
def check(structure: Structure) -> Iterator[Demand]:
    """Demand one of the identifiers that the structure has a field for."""
    client = f"{structure.root}/asiakas"
    paths = [f"{client}/{key}" for key in IDENTIFIERS]
    known = [path for path in paths if structure.field(path)]
    yield from unless_told_outside(demand(structure, *known, within=client))
