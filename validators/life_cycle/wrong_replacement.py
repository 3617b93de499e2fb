"""Document that replaces itself or a later version.

**What it checks.** A document that replaces another is not the same document, and where both are
versions of one document it has the higher version number.
A replaced document that does not exist is the affair of the rule on references.

**Why it matters.** The newest version is the valid one, and what it replaces is set aside.
A document that replaces itself has no valid version; a wrong order makes the old text valid.

**Example.** Version 2 of a plan is recorded as replacing version 3 of it.
"""

import polars as pl

from kirjaamo.findings import Severity
from kirjaamo.rules import table_rule
from kirjaamo.validators.life_cycle.link import places


@table_rule(
    "LC021",
    on="document.replaces",
    reads=(
        "document.document_id",
        "document.replaces",
        "document.set_id?",
        "document.version?",
    ),
    severity=Severity.ERROR,
    basis="HL7 CDA R2, relatedDocument",
    since="0.1.0",
    advice="Check which version is the newer one and correct the reference.",
)
def check(document: pl.LazyFrame) -> pl.LazyFrame:
    """Return the documents that replace themselves or no earlier version."""
    replaced = document.select(
        pl.col("document_id").alias("replaces"),
        pl.col("set_id").alias("_set"),
        pl.col("version").alias("_version"),
    )
    known = replaced.drop_nulls("replaces").unique("replaces", keep="none")
    found = document.drop_nulls("replaces").join(known, on="replaces", how="left")
    itself = pl.col("replaces") == pl.col("document_id")
    later = (pl.col("set_id") == pl.col("_set")) & (pl.col("_version") >= pl.col("version"))
    return places(found.filter(itself | later))
