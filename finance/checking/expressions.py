"""What several rules ask of postings."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from kirjaamo.classifications import CodeList, Codes
from kirjaamo.finance_settings import Finance
from kirjaamo.messages import N_
from kirjaamo.records import ROW, SOURCE
from kirjaamo.rules import CannotRun
from kirjaamo.sources.periods import month_end

NATIONAL: Final = {
    "account": "national_account",
    "service_class": "national_class",
    "sector": "national_sector",
}
"""Field of a posting to the column of its national code."""

NO_LIST: Final = N_("the code list {list} has no codes; import the official one")
PARTIAL: Final = N_("the code list {list} is not complete")
COMPLETE: Final = N_("the code list {list} is complete")


def begins(column: pl.Expr, prefixes: Sequence[str]) -> pl.Expr:
    """Tell whether a code begins with one of *prefixes*; false where it is null."""
    tests = [column.str.starts_with(prefix) for prefix in prefixes]
    return pl.any_horizontal(tests).fill_null(value=False) if tests else pl.lit(value=False)


def list_of(codes: Codes, finance: Finance, field: str) -> CodeList:
    """Return the code list of a field.

    Raises:
        CannotRun: The list is not known, or has no codes.
    """
    name = str(getattr(finance.lists, field))
    found = codes.find(name)
    if found is None or not found.has_codes:
        raise CannotRun(NO_LIST, list=name)
    return found


def whole_list(codes: Codes, finance: Finance, field: str) -> CodeList:
    """Return the code list of a field, which must be complete.

    Raises:
        CannotRun: It is not.
    """
    found = list_of(codes, finance, field)
    if not found.complete:
        raise CannotRun(PARTIAL, list=found.slug)
    return found


def unknown(postings: pl.LazyFrame, codes: Codes, finance: Finance, field: str) -> pl.LazyFrame:
    """Return the postings whose national code the complete list of a field does not have."""
    found = whole_list(codes, finance, field)
    return postings.filter(~found.known(pl.col(NATIONAL[field]))).select(SOURCE, ROW)


def expired(postings: pl.LazyFrame, codes: Codes, finance: Finance, field: str) -> pl.LazyFrame:
    """Return the postings whose national code was not in force at the end of their period."""
    found, code = list_of(codes, finance, field), pl.col(NATIONAL[field])
    late = found.known(code) & ~found.valid_on(code, month_end(pl.col("period")))
    return postings.filter(late).select(SOURCE, ROW)


def foremost(sums: pl.LazyFrame, postings: pl.LazyFrame, key: Sequence[str]) -> pl.LazyFrame:
    """Return *sums* with the place of the largest posting of each *key*, the first of equals."""
    places = (
        postings.sort(pl.col("cents").abs(), descending=True, maintain_order=True)
        .group_by(key, maintain_order=True)
        .agg(pl.col(SOURCE, ROW).first())
    )
    return sums.join(places, on=list(key), how="inner", nulls_equal=True)


def in_cents(text: str) -> int:
    """Return euros of the settings as cents.

    >>> in_cents("1"), in_cents("0.05")
    (100, 5)
    """
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def filed(finance: Finance, column: str = "national_account") -> pl.Expr:
    """Return the sign with which an account is filed: 1 or -1; the longest beginning wins."""
    return _longest(finance, column, {"debit": 1, "credit": -1}, "positive", 1)


def either(finance: Finance, column: str = "national_account") -> pl.Expr:
    """Tell whether an account may be filed with either sign, as one without a setting may."""
    return _longest(finance, column, {True: 1, False: 0}, "both", 1) == 1


def _longest(
    finance: Finance, column: str, values: dict[object, int], name: str, default: int
) -> pl.Expr:
    pairs = [(prefix, sign) for sign in finance.signs for prefix in sign.accounts]
    answer: pl.Expr = pl.lit(default)
    for prefix, sign in sorted(pairs, key=lambda pair: len(pair[0])):
        is_one = begins(pl.col(column), (prefix,))
        answer = pl.when(is_one).then(values[getattr(sign, name)]).otherwise(answer)
    return answer
