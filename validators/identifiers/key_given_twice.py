"""Identifier of a record that is given twice.

**What it checks.** The identifier of a client, relationship, matter, document, decision, entry,
worker or unit stands on one row of its table only, in all files of the system together;
versions of a document have identifiers of their own. Where a file repeats a record on many
rows, the profile says so with `one_per`, and the repetitions are not findings.

**Why it matters.** Whatever refers to the identifier means two records at once, and a migration
would overwrite one of them with the other.

**Example.** Two decisions of different days both have the decision id 7001.
"""

import polars as pl

from kirjaamo import records
from kirjaamo.findings import Cause, Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Place, table_rule

PLACES = tuple(
    Place(f"{name}.{name}_id")
    for name, table in records.tables().items()
    if f"{name}_id" in table.fields
)
"""The tables whose key belongs to one row; a right, a prohibition or a voucher has many."""


@table_rule(
    "ID014",
    on=PLACES,
    severity=Severity.ERROR,
    cause=Cause.SYSTEM,
    basis="Kirjaamo's record model",
    since="0.1.0",
    advice="Find out which row is right, or say in the profile that rows repeat.",
)
def check(rows: pl.LazyFrame, *, field: records.Field) -> pl.LazyFrame:
    """Return every row whose key stands on another row too."""
    key = pl.col(field.name)
    return rows.filter(key.is_not_null() & key.is_duplicated()).select(SOURCE, ROW)
