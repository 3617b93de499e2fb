"""Sum that differs much from the previous filing.

**What it checks.** The sum of an account and a service class differs from that of the previous
filing by no more than the settings allow in per cent (`change_percent`), or by no more than
`change_euros`. A sum that is new and a sum that is gone count from nought.

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
    since="0.1.0",
    advice="Find the reason, and write it down for the acceptance of the report.",
)
def check(postings: pl.LazyFrame, previous: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the largest posting of each sum that differs much; of one that is gone, its line."""
    key = ["national_account", "national_class"]
    mapped = postings.filter(pl.col("national_account").is_not_null())
    size = pl.col("cents") * filed(finance)
    sums = mapped.group_by(key, maintain_order=True).agg(now=size.sum())
    placed = foremost(sums, mapped, key)
    both = placed.join(
        previous, on=key, how="full", coalesce=True, nulls_equal=True, suffix="_p"
    )
    before, now = pl.col("before").fill_null(0), pl.col("now").fill_null(0)
    change = (now - before).abs()
    large = (change * 100 > before.abs() * finance.change_percent) & (
        change > in_cents(finance.change_euros)
    )
    return both.filter(large).select(
        pl.coalesce(SOURCE, f"{SOURCE}_p").alias(SOURCE),
        pl.coalesce(ROW, f"{ROW}_p").alias(ROW),
        account="national_account",
        service_class="national_class",
        change=as_euros(now - before),
    )
