"""Sum that differs much from the previous filing.

**What it checks.** The sum of an account and a service class differs from that of the previous
filing by no more than the settings allow in per cent (`change_percent`), or by no more than
`change_euros`.

**Why it matters.** Most large changes are errors of mapping; the others need an explanation
when the authority asks.

**Example.** A cost centre has moved to another class, and two classes change by a million.
"""

import polars as pl

from kirjaamo.finance.checking.expressions import filed, foremost, in_cents
from kirjaamo.finance.postings import as_euros
from kirjaamo.finance_settings import Finance
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN016",
    on="posting.amount",
    severity=Severity.WARNING,
    basis="The settings of the organisation, [finance] in kirjaamo.toml",
    since="0.2.0",
    advice="Find the reason, and write it down for the acceptance of the report.",
)
def check(postings: pl.LazyFrame, previous: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the largest posting of each sum that differs much; `previous` is in cents."""
    key = ["national_account", "national_class"]
    mapped = postings.filter(pl.col("national_account").is_not_null())
    size = pl.col("cents") * filed(finance)
    now = mapped.group_by(key, maintain_order=True).agg(now=size.sum())
    both = now.join(previous, on=key, how="inner", nulls_equal=True)
    change = pl.col("now") - pl.col("before")
    large = (change.abs() * 100 > pl.col("before").abs() * finance.change_percent) & (
        change.abs() > in_cents(finance.change_euros)
    )
    return foremost(both.filter(large), mapped, key).select(
        SOURCE,
        ROW,
        account="national_account",
        service_class="national_class",
        change=as_euros(pl.col("now") - pl.col("before")),
    )
