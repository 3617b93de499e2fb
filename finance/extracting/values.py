"""Values of data points as facts: amounts, quantities, and what the settings state."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import polars as pl

from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.placing import Field, place
from kirjaamo.finance.datapoints.signature import parse
from kirjaamo.finance.extracting.errors import NoWholeNumberError, UnknownPointError
from kirjaamo.finance.facts import SCHEMA
from kirjaamo.finance.postings import as_euros
from kirjaamo.finance_settings import Dimension, Finance

UNITS: Final = {"m": ("iso4217:EUR", "2"), "i": ("xbrli:pure", "0"), "p": ("xbrli:pure", "4")}
"""First letter of a metric's local name to unit and decimals; others are text and dates.

The letters are those of the naming of metrics: ``{datatype}{flow}{number}``, with m monetary,
i integer, p percent.  Source: README of the State Treasury's taxgen.
"""


def unit_of(metric: str) -> tuple[str, str]:
    """Return unit and decimals of a metric; empty for text and dates.

    >>> unit_of("x_met:md1"), unit_of("x_met:si5")
    (('iso4217:EUR', '2'), ('', ''))
    """
    return UNITS.get(metric.rpartition(":")[2][:1], ("", ""))


def numbers(placed: pl.DataFrame, metric: str, instant: dt.date) -> pl.DataFrame:
    """Return the facts of placed sums: columns ``signature`` and ``hundredths``."""
    unit, decimals = unit_of(metric)
    whole = as_euros(pl.col("hundredths"))
    value = whole.str.strip_suffix(".00") if decimals == "0" else whole
    return placed.select(
        "signature",
        period=pl.lit(instant.isoformat()),
        unit=pl.lit(unit),
        decimals=pl.lit(decimals),
        value=value,
    )


def activities(activity: pl.DataFrame, finance: Finance, points: DataPoints) -> pl.DataFrame:
    """Return the data points of quantities by service class, as `place` returns them.

    Raises:
        NoWholeNumberError: A quantity has a fraction, and the metric counts.
        NoPlaceError: A class has no data point.
    """
    metric = finance.activity_metric
    sums = activity.group_by("service_class").agg(hundredths=pl.col("quantity").sum())
    broken = sums.filter(pl.col("hundredths") % 100 != 0).sort("service_class")
    if broken.height and unit_of(metric)[1] == "0":
        raise NoWholeNumberError(service_class=broken["service_class"][0], metric=metric)
    dimensions: dict[Field, Dimension] = {
        name: one for name, one in finance.dimensions.items() if name == "service_class"
    }
    return place(sums.sort("service_class"), metric, dimensions, points)


def stated(
    facts: Mapping[str, str], words: Mapping[str, str], points: DataPoints, instant: dt.date
) -> pl.DataFrame:
    """Return the facts that the settings state.

    Args:
        facts: Signature to value.
        words: What the placeholders of values stand for.
        points: The data points, which must have every signature.
        instant: The day of the filing.

    Raises:
        SignatureError: A signature is not one.
        UnknownPointError: There is no such data point.
    """
    known = set(points.frame.filter(pl.col("signature").is_in(_canonical(facts)))["signature"])
    rows = []
    for text, value in facts.items():
        signature = parse(text, "kirjaamo.toml")
        if str(signature) not in known:
            raise UnknownPointError(file=points.source, signature=str(signature))
        filled = value
        for word, stands_for in words.items():
            filled = filled.replace("{" + word + "}", stands_for)
        rows.append((str(signature), instant.isoformat(), *unit_of(signature.metric), filled))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _canonical(facts: Mapping[str, str]) -> list[str]:
    return [str(parse(text, "kirjaamo.toml")) for text in facts]
