"""Local code without an approved mapping.

**What it checks.** The account and the cost centre of a posting, and its service class and
sector where they are local, have an approved row in the mapping; a row that says why nothing
is filed counts as approved.

**Why it matters.** Euros are never dropped in silence: the extract stops at them.

**Example.** An account was opened in March, and the mapping is of January.
"""

import polars as pl

from kirjaamo.finance.mapping import UNDECIDED
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import Place, table_rule


@table_rule(
    "FN020",
    on=(Place("posting.account"), Place("posting.service_class"), Place("posting.sector")),
    severity=Severity.ERROR,
    basis="The settings of the organisation, [finance] in kirjaamo.toml",
    since="0.1.0",
    advice="Decide in the mapping workbook: kirjaamo map workbook.",
)
def check(postings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the postings with an undecided code, with the field."""
    filed = pl.col("account_status") != "unmappable"
    parts = [
        postings.filter(pl.col(f"{field}_status").is_in(UNDECIDED), filed).select(
            SOURCE, ROW, _field=pl.lit(field)
        )
        for field in ("account", "service_class", "sector")
    ]
    return pl.concat(parts)
