"""Language of service other than Finnish or Swedish.

**What it checks.** The language of service, in which the person deals with the authority, is FI
or SV. Small letters belong to CL015. The mother tongue and the language of a document may be
any.

**Why it matters.** The document structures accept these two codes only for the language of
service.

**Example.** A client who speaks Arabic has `AR` for the language of service.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.classification.expressions import LANGUAGE_OF_SERVICE

NATIONAL_LANGUAGES = ("FI", "SV")


@column_rule(
    "CL014",
    on=LANGUAGE_OF_SERVICE,
    severity=Severity.WARNING,
    basis="Code list SFS - Kielikoodisto, 1.2.246.537.5.40175, value set of Asiointikieli",
    since="0.1.0",
    advice="Record FI or SV, whichever the person uses with the authority.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where the code is neither of the two, in any letters."""
    return ~value.str.to_uppercase().is_in(NATIONAL_LANGUAGES)
