"""What xBRL-JSON and xBRL-CSV share: how the Open Information Model writes the parts of a fact.

An instant is written as the midnight that ends the day, the unit of pure numbers is left out,
and so are decimals that are infinite.  Filing indicators are facts of their own taxonomy.
Specification: Open Information Model 1.0; Filing Indicators 1.0.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import polars as pl

from kirjaamo.finance.facts import Filing, checked, plain
from kirjaamo.finance.writing.naming import FILED, declared

PURE: Final = "xbrli:pure"
SCHEME: Final = "scheme"
"""Prefix of the scheme that the filer's code is of."""

INDICATOR: Final = "filing"
"""Prefix of filing indicators."""

_DAY: Final = dt.timedelta(days=1)


def prepared(filing: Filing) -> tuple[pl.DataFrame, Mapping[str, str]]:
    """Return the facts in canonical order, and the namespaces in use.

    Raises:
        FactsError: The facts cannot stand in one instance.
    """
    facts = plain(checked(filing), filing.typed)
    bare = Filing(filing.entry_point, filing.entity, filing.namespaces, filing.facts)
    named = dict(declared(bare, facts, set()))
    named.pop("xbrli", None)
    named[SCHEME] = filing.scheme
    if filing.indicators:
        named[INDICATOR] = FILED
    return facts, dict(sorted(named.items()))


def taxonomies(filing: Filing) -> list[str]:
    """Return the addresses of the schemas that a report names."""
    extra = [f"{FILED}/filing-indicators.xsd"] if filing.indicators else []
    return [filing.entry_point, *extra]


def entity(filing: Filing) -> str:
    """Return the filer as a name with a prefix."""
    return f"{SCHEME}:{filing.entity}"


def midnight(day: str) -> str:
    """Return the instant at the end of a day.

    >>> midnight("2026-12-31")
    '2027-01-01T00:00:00'
    """
    return f"{dt.date.fromisoformat(day) + _DAY}T00:00:00"


def day_before(instant: str) -> str:
    """Return the day that an instant ends; a text that is none stays as it is.

    >>> day_before("2027-01-01T00:00:00")
    '2026-12-31'
    """
    try:
        at = dt.datetime.fromisoformat(instant)
    except ValueError:
        return instant
    if at.time() != dt.time():
        return instant
    return (at - _DAY).date().isoformat()
