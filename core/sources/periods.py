"""Periods as ledgers write them, as ``YYYY-MM``; month 00 is the opening balance."""

import re

import polars as pl

from kirjaamo.sources.profile import Amounts

FORMS = ("%Y-%m-%d", "%Y-%m", "%Y/%m", "%Y%m", "%m/%Y", "%m.%Y", "%d.%m.%Y")
"""Forms that are tried in this order where the profile names none."""

_PARTS = {"%Y": "(?P<Y>[0-9]{4})", "%m": "(?P<m>[0-9]{1,2})", "%d": "(?P<d>[0-9]{1,2})"}
_TIME = r"(?:[ T][0-9:.]+)?"


def period(text: pl.Expr, form: str, amounts: Amounts, year: pl.Expr) -> pl.Expr:
    """Return periods; null where no form fits or the month is none of 00 to 12.

    Args:
        text: The texts of a column.
        form: The profile's own form; otherwise `FORMS`.
        amounts: Its words for the opening balance.
        year: The year of an opening balance that a word stands for.
    """
    bare = text.str.strip_chars()
    read = pl.coalesce(_read(bare, one) for one in ((form,) if form else FORMS))
    month = read.str.slice(5).cast(pl.Int8, strict=False)
    known = pl.when(month.is_between(0, 12)).then(read)
    if not amounts.opening:
        return known
    is_opening = bare.is_in(list(amounts.opening))
    return pl.when(is_opening).then(year + "-00").otherwise(known)


def _read(text: pl.Expr, form: str) -> pl.Expr:
    """Return ``YYYY-MM`` of one form, null where it does not fit."""
    pattern = "".join(_PARTS.get(p) or re.escape(p) for p in re.split("(%[Ymd])", form) if p)
    found = text.str.extract_groups(f"^{pattern}{_TIME}$")
    month = found.struct.field("m").str.zfill(2)
    return found.struct.field("Y") + pl.lit("-") + month


def month_end(periods: pl.Expr) -> pl.Expr:
    """Return the last day of periods; of an opening balance, the year's first day."""
    opening = periods.str.ends_with("-00")
    first = periods.str.replace("-00$", "-01").str.to_date("%Y-%m", strict=False)
    return pl.when(opening).then(first).otherwise(first.dt.month_end())


def year_of(periods: pl.Expr) -> pl.Expr:
    """Return the commonest year of a column of periods, for opening balances without one."""
    return periods.str.slice(0, 4).drop_nulls().mode().sort().first()


def main_year(frame: pl.DataFrame) -> int:
    """Return the year of most postings, the earliest of equals; 0 where none can be read."""
    found = frame.select(year_of(pl.col("period"))).item() if frame.height else None
    return int(found or 0)
