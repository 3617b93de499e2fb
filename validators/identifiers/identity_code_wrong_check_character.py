"""Personal identity code with a wrong check character.

**What it checks.** The last character of a personal identity code is computed from its nine
digits: the number they form, divided by 31, leaves a remainder that stands for the character.
Only codes that ID001, ID005 and ID016 accept are computed.

**Why it matters.** A wrong check character is nearly always a typing error: the record would be
filed under another person, or under nobody.

**Example.** `100190-999R` should be `100190-999P`.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import column_rule
from kirjaamo.validators.identifiers import expressions as identity


@column_rule(
    "ID002",
    on="client.identity_code",
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Decree 690/2022",
    since="0.1.0",
    advice="Compare the identity code with the population information system and correct it.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where a code of a real day has another character than the computed one."""
    sound = identity.well_formed(value) & identity.day_exists(value)
    return sound & ~identity.check_character_fits(value)
