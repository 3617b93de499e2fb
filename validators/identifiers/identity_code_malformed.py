"""Personal identity code that is malformed.

**What it checks.** A personal identity code has eleven characters: six digits for the day of
birth, a separator (+, -, Y, X, W, V, U or A to F), an individual number from 002 to 999 and a
check character. A code that only needs capitals or its white space removed belongs to ID016; a
code that is missing belongs to ID013.

**Why it matters.** What does not have the form of an identity code identifies nobody, and the
records of the person cannot be brought together.

**Example.** `10019O-999P`, with the letter O for a zero, should be `100190-999P`.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.identifiers import expressions as identity


@column_rule(
    "ID001",
    on="client.identity_code",
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Check the identity code in the population information system and correct it.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where the code is malformed and stays so when it is tidied."""
    return ~identity.well_formed_once_tidied(value)
