"""Personal identity code with small letters or white space.

**What it checks.** A personal identity code is written in capitals and without white space. A
code that would be well formed but for that is reported here and not by ID001 to ID005, which
look at it once the source has been tidied.

**Why it matters.** Systems compare identity codes letter by letter: `100190-999p` and
`100190-999P` become two clients.

**Example.** `100190-999p` and `100190 -999P` should be `100190-999P`.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.identifiers import expressions as identity


@column_rule(
    "ID016",
    on="client.identity_code",
    severity=Severity.WARNING,
    cause=Cause.DATA,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Write the code in capitals and without white space; a repair can do it.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where only tidying makes the code well formed."""
    return ~identity.well_formed(value) & identity.well_formed_once_tidied(value)
