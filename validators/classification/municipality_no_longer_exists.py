"""Municipality of residence that no longer exists.

**What it checks.** The number of the municipality of residence is in force, by the dates of its
list, on the day of the check, or on the day of death of a client who has died. Deleted numbers
belong to CL004, unknown ones to CL001 and CL002.

**Why it matters.** Municipalities merge, and the wellbeing services county that arranges the
services follows from the municipality.

**Example.** A municipality merged with another at the end of 2025, and in 2026 a client still
has its number.
"""

import datetime as dt

import polars as pl

from kirjaamo.classifications import Codes
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule
from kirjaamo.validators.classification.expressions import MUNICIPALITY, known_list


@table_rule(
    "CL018",
    on="client.municipality",
    reads=("client.municipality", "client.death_date?"),
    severity=Severity.WARNING,
    basis="Code list VRK/THL - Kuntakoodit, 1.2.246.537.6.21",
    since="0.1.0",
    advice="Take the municipality of residence from the population information system.",
)
def check(client: pl.LazyFrame, *, codes: Codes, as_of: dt.date) -> pl.LazyFrame:
    """Return the clients whose municipality was not in force on the day that matters."""
    found, code = known_list(codes, MUNICIPALITY), pl.col("municipality")
    day = pl.coalesce("death_date", pl.lit(as_of))
    alive = found.known(code) & ~found.retired(code)
    return client.filter(alive & ~found.valid_on(code, day)).select(SOURCE, ROW)
