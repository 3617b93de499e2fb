"""Version of a document structure that is not known.

**What it checks.** The OID of a document structure is one of the versions that Kirjaamo knows.
An OID that does not have the form of one belongs to ID010. The built-in structures are a
collection of one day: a version published later is not among them.

**Why it matters.** Without its structure nobody can check what the document holds, or tell what
its fields mean.

**Example.** `1.2.246.537.6.1506.11023.2019.1.1` has the right form, and no such version is
known.
"""

import polars as pl

from kirjaamo.findings import Cause, Severity
from kirjaamo.rules import column_rule, each
from kirjaamo.validators.classification.versions import versions
from kirjaamo.validators.identifiers.expressions import STRUCTURE


@column_rule(
    "CL011",
    on=each(lambda field: field.type == "oid" and field.name == "structure"),
    severity=Severity.WARNING,
    cause=Cause.SYSTEM,
    basis="Sosmeta, version OIDs of document structures",
    since="0.1.0",
    advice="Compare the OID with Sosmeta; correct it, or add the new version to Kirjaamo.",
)
def check(value: pl.Expr) -> pl.Expr:
    """Break where a well-formed OID is none of the known versions."""
    return value.str.contains(STRUCTURE) & ~value.is_in(versions()["oid"].implode())
