"""Person without a personal identity code and a temporary identifier.

**What it checks.** A client has an identity code or, while it is not known, a temporary
identifier. A system without temporary identifiers is checked for the identity code alone. Wrong
ones belong to ID001 and ID006.

**Why it matters.** The Act also accepts a date of birth where nothing else is known, but a date
does not identify anybody: the structure of the relationship document requires one of the two
identifiers.

**Example.** A client has a name and the date of birth 10 January 1990, and both identifiers are
empty.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "ID013",
    on="client.identity_code",
    reads=("client.identity_code", "client.temporary_id?"),
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38; structure 1505.1, Asiakkuusasiakirja",
    since="0.1.0",
    advice="Find out the identity code, or give the person a temporary identifier.",
)
def check(client: pl.LazyFrame) -> pl.LazyFrame:
    """Return the clients that have neither identifier."""
    nothing = pl.col("identity_code").is_null() & pl.col("temporary_id").is_null()
    return client.filter(nothing).select(SOURCE, ROW)
