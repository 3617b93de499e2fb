"""The whole way from mapped postings to a filing."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.errors import TwoValuesError
from kirjaamo.finance.datapoints.placing import place
from kirjaamo.finance.extracting.errors import MissingMandatoryError
from kirjaamo.finance.extracting.sums import Chosen, choose, summed
from kirjaamo.finance.extracting.values import activities, numbers, stated, unit_of
from kirjaamo.finance.facts import Filing
from kirjaamo.finance_settings import Finance

NAMED: Final = 5
"""Mandatory data points that an error names."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is filed, by whom, and of what time.

    Attributes:
        year: The financial year.
        until: The last month: filings are cumulative.
        business_id: Business identity code of the filer.
        finance: The settings.
        points: The data points of the taxonomy version.
        zeros: Whether mandatory amounts without postings are filed as 0.00.
        incomplete: Whether mandatory data points may be missing.
    """

    year: int
    until: int
    business_id: str
    finance: Finance
    points: DataPoints
    zeros: bool = False
    incomplete: bool = False

    @property
    def instant(self) -> dt.date:
        """Return the last day of the filing's time."""
        return dt.date(self.year, self.until, calendar.monthrange(self.year, self.until)[1])


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """A filing, and what it was made of.

    Attributes:
        terms: What was asked for.
        filing: What is filed.
        chosen: The postings that are filed and those that are not.
        sums: Sums of national codes (`kirjaamo.finance.extracting.sums.summed`).
        placed: Data points of amounts: ``signature, id, hundredths, own``.
        missing: Mandatory data points without a value: ``id, signature, label``.
        zeros: How many mandatory amounts without postings are filed as 0.00.
    """

    terms: Terms
    filing: Filing
    chosen: Chosen
    sums: pl.DataFrame
    placed: pl.DataFrame
    missing: pl.DataFrame
    zeros: int

    @property
    def difference(self) -> int:
        """Return the sum of facts less the sum of postings, in cents: always nought."""
        own = self.placed.filter("own")["hundredths"].sum()
        return int(own) - int(self.chosen.filed["hundredths"].sum())


def extract(
    mapped: pl.DataFrame, terms: Terms, activity: pl.DataFrame | None = None
) -> Extract:
    """Return the filing of mapped postings, whole or not at all.

    Args:
        mapped: Postings with national codes (`kirjaamo.finance.mapping.applying.apply`).
        terms: What is filed.
        activity: Quantities by service class (`kirjaamo.finance.checking.beside.activity`).

    Raises:
        KirjaamoError: A posting is unreadable or unmapped, a sum has no place, a data point
            would get two values, or a mandatory one has none.
    """
    finance, points, instant = terms.finance, terms.points, terms.instant
    chosen = choose(mapped, terms.year, terms.until, finance)
    sums = summed(chosen.filed)
    placed = place(sums, finance.metric, finance.dimensions, points)
    parts = [numbers(placed, finance.metric, instant)]
    if finance.activity_metric and activity is not None:
        counted = activities(activity, finance, points)
        parts.append(numbers(counted, finance.activity_metric, instant))
    parts.append(stated(finance.facts, _words(terms), points, instant))
    facts = pl.concat(parts)
    _see_once(facts)
    lacking = points.frame.filter("mandatory").join(facts, on="signature", how="anti")
    noughts = lacking.filter(_is_amount(finance.metric)) if terms.zeros else lacking.head(0)
    facts = pl.concat([facts, numbers(_nought(noughts), finance.metric, instant)])
    missing = lacking.join(noughts, on="signature", how="anti").select(
        "id", "signature", "label"
    )
    if missing.height and not terms.incomplete:
        raise MissingMandatoryError(count=missing.height, points=_named(missing))
    filing = Filing(
        finance.module, terms.business_id, finance.namespaces, facts.sort("signature"),
        finance.indicators,
    )  # fmt: skip
    return Extract(terms, filing, chosen, sums, placed, missing, noughts.height)


def _words(terms: Terms) -> dict[str, str]:
    """Return what the placeholders of the settings stand for."""
    return {
        "business_id": terms.business_id,
        "start": dt.date(terms.year, 1, 1).isoformat(),
        "end": terms.instant.isoformat(),
    }


def _see_once(facts: pl.DataFrame) -> None:
    """Stop where one data point has two values, in whatever way it got them."""
    twice = facts.filter(pl.col("signature").is_duplicated())
    if twice.height:
        raise TwoValuesError(signature=twice["signature"].min())


def _is_amount(metric: str) -> pl.Expr:
    """Tell data points of the metric of amounts."""
    of_metric = pl.col("signature").str.starts_with(f"MET({metric})")
    return of_metric & ~pl.col("open") if unit_of(metric)[0] else pl.lit(value=False)


def _nought(points: pl.DataFrame) -> pl.DataFrame:
    return points.select("signature", hundredths=pl.lit(0, pl.Int64))


def _named(missing: pl.DataFrame) -> str:
    """Return the first mandatory data points as a person finds them."""
    names = [one["id"] or one["signature"] for one in missing.head(NAMED).iter_rows(named=True)]
    return ", ".join(names) + (" …" if missing.height > NAMED else "")
