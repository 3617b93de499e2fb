"""Temporary identifier that is malformed.

**What it checks.** A temporary identifier is an OID that tells who gave it and when:
`1.2.246.10.<business id>.22.<year>` or `1.2.246.10.<business id>.10.<unit>.22.<year>`, and what
the giver adds after it. The business id stands without hyphen and without zeros in front, at
most eight digits; whether it is a real one is checked by ID009.

**Why it matters.** The OID keeps the identifiers of organisations apart: two of them could
otherwise give the same one to different people.

**Example.** `1.2.246.10.2048198.22.2024.15` is well formed; `TP-2024-15` is not.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule

NUMBER = r"(0|[1-9][0-9]*)"
# root, business id, perhaps the unit, 22, year, what follows
FORM = (
    r"^1\.2\.246\.10\.[1-9][0-9]{0,7}"
    rf"(\.10(\.{NUMBER})+)?"
    rf"\.22\.(19|20)[0-9]{{2}}(\.{NUMBER})*$"
)


@column_rule(
    "ID006",
    on="client.temporary_id",
    severity=Severity.ERROR,
    basis="HL7 Finland base profiles, patient identifiers",
    since="0.1.0",
    advice="Give the person a temporary identifier of your organisation in its OID form.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where the identifier has neither of the two forms."""
    return ~value.str.contains(FORM)
