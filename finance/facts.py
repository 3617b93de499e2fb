"""The canonical set of facts: what an instance says, whatever its format.

Two instances that say the same have equal frames.  Values are text in its exact form, never
floating point.  Specification: XBRL 2.1, XBRL Dimensions 1.0.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import N_

SCHEMA: Final = pl.Schema(
    {
        "signature": pl.String,  # canonical, see `kirjaamo.finance.datapoints.signature`
        "period": pl.String,  # the instant, as 2026-12-31
        "unit": pl.String,  # iso4217:EUR, xbrli:pure; empty for text and dates
        "decimals": pl.String,  # a whole number or INF; empty for text and dates
        "value": pl.String,  # exact: 1234.50
    }
)
"""A fact: one value of one data point."""

KEY: Final = ("signature", "period")
_NUMBER: Final = r"^-?[0-9]+(?:\.[0-9]+)?$"
_DECIMALS: Final = r"^(?:-?[0-9]+|INF)$"
_ENTITY: Final = re.compile(r"[0-9]{7}-[0-9]")


class FactsError(KirjaamoError):
    """Facts cannot stand in one instance."""


class TwoValuesError(FactsError):
    """A data point has more than one fact."""

    sentence = N_("The data point {signature} has more than one value. Give it exactly one.")


class NumberFormError(FactsError):
    """A value is no plain decimal number."""

    sentence = N_("The value of the data point {signature} is not a plain decimal number.")


class MixedCurrenciesError(FactsError):
    """Amounts are in more than one currency."""

    sentence = N_("Amounts are in more than one currency: {units}. An instance holds only one.")


class EmptyValueError(FactsError):
    """A fact says nothing, or not what it is of."""

    sentence = N_("The data point {signature} has an empty value. Leave the data point out.")


class BusinessIdError(FactsError):
    """The filer is not named by a business identity code."""

    sentence = N_("The business identity code of the filer is missing or not valid.")


@dataclass(frozen=True, slots=True, eq=False)
class Filing:
    """What is filed in one instance.

    Attributes:
        entry_point: Address of the module's schema.
        entity: Business identity code of the filer.
        namespaces: Prefix to namespace of everything that signatures name.
        facts: The facts; see `SCHEMA`.
        indicators: Codes of the tables that are filed; none leaves filing indicators out.
        scheme: What the entity's code is a code of.
    """

    entry_point: str
    entity: str
    namespaces: Mapping[str, str]
    facts: pl.DataFrame
    indicators: tuple[str, ...] = field(default=())
    scheme: str = "http://ytj.fi"


def amounts(placed: pl.DataFrame, period: str, unit: str = "iso4217:EUR") -> pl.DataFrame:
    """Return facts of placed sums: columns ``signature`` and ``hundredths`` (cents).

    >>> cents = pl.DataFrame({"signature": ["MET(x:md1)"], "hundredths": [-5]})
    >>> amounts(cents, "2026-12-31")["value"].item()
    '-0.05'
    """
    cents = pl.col("hundredths").abs()
    sign = pl.when(pl.col("hundredths") < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    fraction = (cents % 100).cast(pl.String).str.zfill(2)
    return placed.select(
        "signature",
        period=pl.lit(period),
        unit=pl.lit(unit),
        decimals=pl.lit("2"),
        value=pl.concat_str(sign, (cents // 100).cast(pl.String), pl.lit("."), fraction),
    ).sort(KEY)


def checked(filing: Filing) -> pl.DataFrame:
    """Return the facts of a filing in canonical order.

    Raises:
        FactsError: The facts cannot stand in one instance.
    """
    from stdnum.fi import ytunnus

    if not _ENTITY.fullmatch(filing.entity) or not ytunnus.is_valid(filing.entity):
        raise BusinessIdError
    facts = filing.facts.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    value = pl.col("value").fill_null("")
    _none(facts.filter(value.str.strip_chars() == ""), EmptyValueError)
    numeric = facts.filter(pl.col("unit") != "")
    plain = pl.col("value").str.contains(_NUMBER) & pl.col("decimals").str.contains(_DECIMALS)
    _none(numeric.filter(~plain.fill_null(value=False)), NumberFormError)
    _none(facts.filter(pl.struct(KEY).is_duplicated()), TwoValuesError)
    money = numeric.filter(pl.col("unit").str.starts_with("iso4217:"))["unit"].unique().sort()
    if len(money) > 1:
        raise MixedCurrenciesError(units=", ".join(money))
    return facts.sort(KEY)


def _none(wrong: pl.DataFrame, error: type[FactsError]) -> None:
    if len(wrong):
        raise error(signature=wrong["signature"].min())
