"""The canonical set of facts: what an instance says, whatever its format.

Two instances that say the same have equal frames.  Values are text in its exact form, never
floating point.  Specification: XBRL 2.1, XBRL Dimensions 1.0.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from kirjaamo.errors import KirjaamoError
from kirjaamo.finance.datapoints import DataPoints
from kirjaamo.finance.datapoints.signature import told
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

SLICE: Final = 50_000
"""Rows looked at at a time, so that checks take little memory."""

KEY: Final = ("signature", "period")
_NUMBER: Final = r"^-?[0-9]+(?:\.[0-9]+)?$"
_DECIMALS: Final = r"^(?:-?[0-9]+|INF)$"
_PLAIN: Final = (
    r"^MET\([^)|<>&*\"=]+:[^)|<>&*\"=]+\)(?:\|[^(|<>&\"]+\([^)|<>&*\"=]+:[^)|<>&*\"=]+\))*$"
)
_OPEN: Final = re.compile(r"\|([^(|<>&\"]+)\(=[^)|<>&*\"=]+\)")
_FORBIDDEN: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
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


class PeriodFormError(FactsError):
    """A fact is of a span of time; all of this architecture are of a day."""

    sentence = N_("The period of the data point {signature} is not a day such as 2026-12-31.")


class BusinessIdError(FactsError):
    """The filer is not named by a business identity code."""

    sentence = N_("The business identity code of the filer is missing or not valid.")


class SignatureFormError(FactsError):
    """A data point is open, or its metric has no prefix."""

    sentence = N_("The data point {signature} is open or has no prefix and cannot be written.")


class ForbiddenCharacterError(FactsError):
    """A text holds a character that no XML can hold."""

    sentence = N_("The value of the data point {signature} holds a character that XML forbids.")


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
        typed: Open dimension to the element that holds its value in XML.
    """

    entry_point: str
    entity: str
    namespaces: Mapping[str, str]
    facts: pl.DataFrame
    indicators: tuple[str, ...] = field(default=())
    scheme: str = "http://ytj.fi"
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """What stands beside the facts when people look at them.

    Attributes:
        points: The data points with their numbers and names.
        previous: The filing before this one.
        rows: ``signature, source, row``: the postings that a sum is made of.
        axes: Dimensions of the rows and the columns of the grid; empty takes those with most
            members.
    """

    points: DataPoints | None = None
    previous: Filing | None = None
    rows: pl.DataFrame | None = None
    axes: tuple[str, str] = ("", "")


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
    facts = filing.facts
    if facts.schema != SCHEMA:
        facts = facts.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    spaced = [_see_sound(part) for part in facts.iter_slices(SLICE)]
    if any(spaced):
        facts = facts.with_columns(pl.col("value").str.strip_chars())
    facts = _ordered(facts)
    money = [unit for unit in facts["unit"].unique().sort() if unit.startswith("iso4217:")]
    if len(money) > 1:
        raise MixedCurrenciesError(units=", ".join(money))
    return facts


def _see_sound(part: pl.DataFrame) -> bool:
    """Stop at facts that no instance can hold; tell whether a value has spaces around it."""
    value, numeric = pl.col("value").fill_null(""), pl.col("unit") != ""
    fits = value.str.contains(_NUMBER) & pl.col("decimals").str.contains(_DECIMALS)
    wrong: dict[type[FactsError], pl.Expr] = {
        EmptyValueError: value.str.strip_chars() == "",
        ForbiddenCharacterError: value.str.contains(_FORBIDDEN),
        NumberFormError: numeric & ~fits.fill_null(value=False),
        PeriodFormError: ~pl.col("period").str.contains(_DAY),
    }
    looked = [one.any().alias(kind.__name__) for kind, one in wrong.items()]
    spaced = value.str.contains(r"^\s|\s$").any()
    *found, is_spaced = part.select(*looked, spaced=spaced).row(0)
    for kind, is_found in zip(wrong, found, strict=True):
        if is_found:
            _none(part, wrong[kind], kind)
    return bool(is_spaced)


def _ordered(facts: pl.DataFrame) -> pl.DataFrame:
    """Return facts in canonical order; those that are in it already are not copied.

    Raises:
        TwoValuesError: A data point has two values.
    """
    signature, period = (pl.col(name) for name in KEY)
    before = signature.shift(), period.shift()
    later = (signature > before[0]) | ((signature == before[0]) & (period > before[1]))
    if all(part.select(later.all()).item() for part in _overlapping(facts)):
        return facts
    facts = facts.sort(KEY)
    for part in _overlapping(facts):
        _none(part, (signature == before[0]) & (period == before[1]), TwoValuesError)
    return facts


def _overlapping(facts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield slices that begin with the last row of the one before."""
    for start in range(0, len(facts), SLICE):
        yield facts.slice(max(start - 1, 0), SLICE + 1)


def plain(facts: pl.DataFrame, typed: Mapping[str, str]) -> pl.DataFrame:
    """Return facts whose data points can all be written, as they are.

    Raises:
        SignatureFormError: A data point is open, has no prefix, or has a value of an open
            dimension without its element.
    """
    odd = facts.filter(~pl.col("signature").str.contains(_PLAIN))["signature"]
    for signature in odd:
        dims = _OPEN.findall(signature)
        bare = _OPEN.sub("", signature)
        if not re.fullmatch(_PLAIN, bare) or any(dim not in typed for dim in dims):
            raise SignatureFormError(signature=told(signature))
    return facts


def _none(facts: pl.DataFrame, wrong: pl.Expr, error: type[FactsError]) -> None:
    found = facts.filter(wrong)
    if len(found):
        raise error(signature=told(str(found["signature"].min())))
