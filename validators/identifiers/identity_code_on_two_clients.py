"""Personal identity code that two clients share.

**What it checks.** An identity code stands on one client only. Capitals and white space do not
matter; the separator does, for since the reform it alone may tell two people apart. Codes that
do not have the form of an identity code belong to ID001, a client given twice under one client
id to ID014.

**Why it matters.** One person has two histories, or two people share one: documents end up in
the wrong file and decisions are made on half of the facts.

**Example.** The clients 1001 and 2002 both have `100190-999P`. `100190Y999P` is somebody else.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule
from kirjaamo.validators.identifiers.expressions import tidied, well_formed


@table_rule(
    "ID011",
    on="client.identity_code",
    reads=("client.identity_code", "client.client_id"),
    severity=Severity.ERROR,
    basis="Act 661/2009, section 11; Act 703/2023, section 38",
    since="0.1.0",
    advice="Find out whether the clients are one person, and join or correct them.",
)
def check(client: pl.LazyFrame) -> pl.LazyFrame:
    """Return the clients whose code stands under another client id too."""
    coded = client.with_columns(_code=tidied(pl.col("identity_code"))).filter(
        well_formed(pl.col("_code"))
    )
    shared = pl.col("client_id").n_unique().over("_code") > 1
    return coded.filter(shared).select(SOURCE, ROW)
