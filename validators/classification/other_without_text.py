"""Matter of the class “other” without a text.

**What it checks.** A matter with the class 99, other, says in its own text what the matter is.
The same number in the list of social services is a real service and needs no text.

**Why it matters.** “Other” tells nobody what the matter is about; the structure of the matter
requires the text.

**Example.** A matter has the class 99 and nothing in the field of the text.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule

OTHER = "99"


@column_rule(
    "CL013",
    on="matter.matter_other",
    severity=Severity.ERROR,
    basis="Structure 1505.2, Asia-asiakirja, field Lisätieto luokkaan Muu",
    since="0.1.0",
    advice="Write what the matter is about, or choose a class that says it.",
)
def check(value: pl.Expr, matter_code: pl.Expr) -> pl.Expr:
    """Break where the class is other and the text is empty."""
    return (matter_code == OTHER) & value.is_null()
