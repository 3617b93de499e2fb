"""Sum with no place in any table.

**What it checks.** The sum of every account, service class and sector, after the mapping, has a
data point in the authority's data. What the mapping leaves out, and codes that nobody has
decided on, are not looked at; totals come from the hierarchies and need no place of their own.

**Why it matters.** The extract stops at the first of them; here all of them are named.

**Example.** A refund is mapped to an account that the tables have, but not for this sector.
"""

import polars as pl

from kirjaamo.finance.checking.expressions import NATIONAL, filed, foremost
from kirjaamo.finance.datapoints.placing import signed
from kirjaamo.finance.mapping.applying import undecided
from kirjaamo.finance.postings import as_euros
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import CannotRun, table_rule

UNSAID = N_("the settings do not say which data points the postings become")


@table_rule(
    "FN023",
    on="posting.amount",
    severity=Severity.ERROR,
    basis="The authority's data of the data points, as supplied by the user",
    since="0.1.0",
    advice="Map the codes to those that the tables have, or leave the account out with a reason.",
)
def check(postings: pl.LazyFrame, points: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the largest posting of each sum without a data point.

    Raises:
        CannotRun: The settings name no metric or no dimension.
    """
    if not (finance.metric and finance.dimensions):
        raise CannotRun(UNSAID)
    key = list(NATIONAL.values())
    kept = postings.filter(
        pl.col("account_status") != "unmappable", ~undecided(), pl.col("cents").is_not_null()
    )
    size = pl.col("cents") * filed(finance)
    sums = kept.group_by(key, maintain_order=True).agg(sum=size.sum()).collect()
    codes = sums.select(**{field: pl.col(name) for field, name in NATIONAL.items()})
    placed = sums.with_columns(signed(codes, finance.metric, finance.dimensions))
    homeless = placed.lazy().join(points, on="signature", how="anti")
    return foremost(homeless, kept, key).select(
        SOURCE,
        ROW,
        account="national_account",
        service_class="national_class",
        sector="national_sector",
        sum=as_euros(pl.col("sum")),
    )
