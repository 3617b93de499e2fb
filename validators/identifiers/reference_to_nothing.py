"""Reference to a record that does not exist.

**What it checks.** An identifier that refers to another record (of a decision to its client, of
an entry to its author, of a document to the one it replaces ...) is the identifier of a row of
that table, in any file of the same system. If the table was not given at all, the rule is not
run there. A reference that is missing is not a finding.

**Why it matters.** The record has lost its place: nobody finds it under its client or matter,
and a migration has to hold it back.

**Example.** A decision refers to the client 1001, and there is no such row among the clients.
"""

import polars as pl

from kirjaamo import records
from kirjaamo.findings import Cause, Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import each, table_rule


@table_rule(
    "ID015",
    on=each(lambda field: bool(field.references)),
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Kirjaamo's record model",
    since="0.1.0",
    advice="Export the missing records as well, or correct the reference.",
)
def check(rows: pl.LazyFrame, target: pl.LazyFrame, *, field: records.Field) -> pl.LazyFrame:
    """Return the rows with a reference, or one among several, that leads nowhere."""
    key = next(f.name for f in records.get(field.references).fields.values() if f.key)
    given = rows.select(SOURCE, ROW, _reference=pl.col(field.name))
    given = given.explode("_reference") if field.type == "ids" else given
    lost = given.filter(pl.col("_reference").is_not_null()).join(
        target.select(key), left_on="_reference", right_on=key, how="anti"
    )
    return lost.select(SOURCE, ROW).unique()
