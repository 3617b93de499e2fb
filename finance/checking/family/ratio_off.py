"""Sums that do not keep their proportion.

**What it checks.** Two sums of the year stand in the proportion that `ratios` in the settings
states, service class by service class, within its tolerance.

**Why it matters.** A slip of a few hundred euros in a grant changes no balance and no
sub-total; only the share tells.

**Example.** A grant of 80 per cent of the costs of 10 000 is posted as 8 800.
"""

from fractions import Fraction

import polars as pl

from kirjaamo.finance.checking.expressions import begins, filed, foremost, in_cents
from kirjaamo.finance.postings import as_euros
from kirjaamo.finance_settings import Finance, Ratio
from kirjaamo.findings import Severity
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import table_rule


@table_rule(
    "FN015",
    on="posting.amount",
    severity=Severity.ERROR,
    basis="The settings of the organisation, [finance] in kirjaamo.toml",
    since="0.1.0",
    advice="Compare the grant with its decision and its costs.",
)
def check(postings: pl.LazyFrame, *, finance: Finance) -> pl.LazyFrame:
    """Return the largest posting of the part, or of the whole, where a proportion is not kept."""
    nothing = postings.select(
        SOURCE, ROW, ratio=pl.lit(""), service_class="national_class", gap=pl.lit("")
    ).head(0)
    return pl.concat([nothing, *(_off(postings, finance, one) for one in finance.ratios)])


def _off(postings: pl.LazyFrame, finance: Finance, ratio: Ratio) -> pl.LazyFrame:
    """Return what one proportion finds; sums are compared without division."""
    account, of_class = pl.col("national_account"), pl.col("national_class")
    chosen = postings if not ratio.classes else postings.filter(begins(of_class, ratio.classes))
    part, whole = begins(account, ratio.part), begins(account, ratio.whole)
    size = pl.col("cents") * filed(finance)
    sums = (
        chosen.filter(part | whole)
        .group_by("national_class", maintain_order=True)
        .agg(
            part=size.filter(part).sum(),
            whole=size.filter(whole).sum(),
        )
    )
    share = Fraction(ratio.share)
    expected = pl.col("whole") * share.numerator
    gap = pl.col("part") * share.denominator - expected
    tolerated = in_cents(ratio.tolerance) * share.denominator
    wrong = sums.filter(gap.abs() > tolerated).with_columns(gap=gap // share.denominator)
    found = _placed(wrong, chosen.filter(part), chosen.filter(whole))
    return found.select(
        SOURCE,
        ROW,
        ratio=pl.lit(ratio.name),
        service_class="national_class",
        gap=as_euros(pl.col("gap")),
    )


def _placed(wrong: pl.LazyFrame, part: pl.LazyFrame, whole: pl.LazyFrame) -> pl.LazyFrame:
    """Return sums at the largest posting of their part, or of their whole where there is none."""
    key = ["national_class"]
    at_part = foremost(wrong, part, key)
    without = wrong.join(at_part, on=key, how="anti", nulls_equal=True)
    return pl.concat([at_part, foremost(without, whole, key)])
