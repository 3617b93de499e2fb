"""Postings in: what an ERP exports, as one table of cents with the rows a person sees.

A source profile says how amounts and periods are written.  Nothing is judged here: what cannot
be read stays empty beside the fact that something stood there, and rules speak of it.

============ ===================================================================
module       holds
============ ===================================================================
numbers.py   Finnish forms of numbers, as whole cents
reading.py   sources as `Postings`
running.py   amounts that run from the start of the year, as amounts of periods
summary.py   how much was read, and the postings as a table to write
============ ===================================================================
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from kirjaamo.records import ROW, SOURCE
from kirjaamo.run import SourceSummary

SCHEMA: Final = pl.Schema(
    {
        SOURCE: pl.String,
        ROW: pl.UInt64,
        "system": pl.String,
        "account": pl.String,  # as the ledger has it
        "cost_centre": pl.String,
        "service_class": pl.String,
        "sector": pl.String,
        "unit": pl.String,
        "period": pl.String,  # YYYY-MM, month 00 for the opening balance; null: unreadable
        "cents": pl.Int64,  # debit positive, credit negative; null: unreadable
        "rounded": pl.Boolean,  # the source had more decimals than cents
        "currency": pl.String,
        "document_no": pl.String,
    }
)
"""A posting; amounts are whole cents, so that no sum is ever inexact."""

SUBTOTALS: Final = pl.Schema([*SCHEMA.items(), ("begins", pl.String)])
"""A row of the source that sums others, and how the accounts that it sums begin."""

EURO = "EUR"
"""The currency of every filing; a row without a currency is in euros."""


@dataclass(frozen=True, slots=True)
class Postings:
    """What the ledgers of an organisation hold.

    Attributes:
        frame: The postings, in the order of their sources; see `SCHEMA`.
        subtotals: Rows that sum others; see `SUBTOTALS`.
        sources: What was read.
    """

    frame: pl.DataFrame
    subtotals: pl.DataFrame
    sources: tuple[SourceSummary, ...] = ()

    @property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """Return, by source, ``table.field`` to the person's own column."""
        return {source.source: source.columns for source in self.sources}


def euros(cents: int) -> Decimal:
    """Return cents as euros.

    >>> euros(-5), euros(123400)
    (Decimal('-0.05'), Decimal('1234.00'))
    """
    return Decimal(cents).scaleb(-2)


def shown(cents: int) -> str:
    """Return cents as a person reads them, with spaces that do not break.

    >>> shown(-123456789)
    '-1 234 567,89 €'
    """
    text = f"{euros(cents):,.2f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return f"{text}\N{NO-BREAK SPACE}€"


def as_euros(cents: pl.Expr) -> pl.Expr:
    """Return cents as the text of euros with a point and two decimals; null stays null.

    >>> pl.DataFrame({"c": [-5, 123400]}).select(as_euros(pl.col("c"))).to_series().to_list()
    ['-0.05', '1234.00']
    """
    size = cents.abs()
    sign = pl.when(cents < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    fraction = (size % 100).cast(pl.String).str.zfill(2)
    text = pl.concat_str(sign, (size // 100).cast(pl.String), pl.lit("."), fraction)
    return pl.when(cents.is_not_null()).then(text)
