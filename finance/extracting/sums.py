"""Which postings are filed, and their sums of national codes."""

from dataclasses import dataclass

import polars as pl

from kirjaamo.errors import KirjaamoError
from kirjaamo.finance.checking.expressions import NATIONAL, filed
from kirjaamo.finance.extracting.errors import NothingToFileError
from kirjaamo.finance.mapping.applying import decided
from kirjaamo.finance.postings import EURO
from kirjaamo.finance.postings.errors import (
    OtherCurrencyError,
    OutsideYearError,
    UnreadableError,
)
from kirjaamo.finance_settings import Finance
from kirjaamo.records import ROW, SOURCE


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The postings of a filing.

    Attributes:
        filed: Those that are filed, with national codes and ``hundredths``: cents with the sign
            with which their account is filed.
        left_out: Those that the mapping files nowhere.
        later: Those after the last month of the filing.
    """

    filed: pl.DataFrame
    left_out: pl.DataFrame
    later: pl.DataFrame


def choose(mapped: pl.DataFrame, year: int, until: int, finance: Finance) -> Chosen:
    """Return which postings are filed.

    Args:
        mapped: Postings with national codes (`kirjaamo.finance.mapping.applying.apply`).
        year: The financial year.
        until: The last month, 1 to 12: filings are cumulative.
        finance: The settings.

    Raises:
        UnreadableError, OtherCurrencyError, OutsideYearError: Postings without a sum.
        UnmappedError: Codes that nobody has decided on.
        NothingToFileError: Nothing is left.
    """
    _see_sound(mapped, year)
    kept = decided(mapped)
    early = pl.col("period") <= f"{year}-{until:02}"
    chosen = kept.filter(early)
    if chosen.is_empty():
        raise NothingToFileError(year=year)
    signed = chosen.with_columns(hundredths=pl.col("cents") * filed(finance))
    left_out = mapped.filter(pl.col("account_status") == "unmappable", early)
    return Chosen(signed, left_out, mapped.filter(~early))


def _see_sound(postings: pl.DataFrame, year: int) -> None:
    """Stop at postings that no sum can hold."""
    unreadable = pl.col("cents").is_null() | pl.col("period").is_null()
    _none(postings.filter(unreadable), UnreadableError)
    _none(postings.filter(pl.col("currency") != EURO), OtherCurrencyError)
    other = pl.col("period").str.slice(0, 4) != f"{year:04}"
    _none(postings.filter(other), OutsideYearError, year=year)


def _none(wrong: pl.DataFrame, error: type[KirjaamoError], **facts: object) -> None:
    if wrong.height:
        source, row = wrong.select(SOURCE, ROW).row(0)
        raise error(count=wrong.height, source=source, row=row, **facts)


def summed(filed_postings: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each combination of national codes: the codes, ``hundredths, postings``.

    A sum of nought is a sum: it is filed as 0.00, where a combination without postings is not
    filed at all.
    """
    keys = [pl.col(column).alias(field) for field, column in NATIONAL.items()]
    return (
        filed_postings.group_by(keys)
        .agg(pl.col("hundredths").sum(), postings=pl.len())
        .sort(list(NATIONAL), nulls_last=True)
    )
