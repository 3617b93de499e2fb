"""What code lists say of the codes in a structure, for the rules about codes."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import polars as pl

from kirjaamo.classifications import CodeList, Codes
from kirjaamo.classifications.structures import Field, Kind, Structure, SystemCheck

UNUSABLE = ("deleted", "proposal")
"""Status of codes that are never in force."""

Periods = Mapping[str, tuple[tuple[dt.date, dt.date], ...]]
"""Code to the periods in which it is in force, first and last day of each."""


def of(field: Field, codes: Codes) -> CodeList | None:
    """Return the list of the codes of a field, when any code of it is known."""
    if not field.system or field.system_check is SystemCheck.EXACT:
        return None
    found = codes.find(field.system)
    return found if found is not None and found.has_codes else None


def fields(structure: Structure, codes: Codes) -> Iterator[tuple[Field, CodeList]]:
    """Yield the fields of codes that a list decides and not the structure, and the list."""
    for field in structure.fields:
        if field.kind is Kind.CODE and not field.codes:
            found = of(field, codes)
            if found is not None:
                yield field, found


@cache
def known(found: CodeList) -> tuple[str, ...]:
    """Return every code of a list, whatever its status and dates."""
    return tuple(found.frame["code"].unique(maintain_order=True))


@cache
def periods(found: CodeList) -> Periods:
    """Return when each code of a list is in force; open dates hold for ever."""
    usable = found.frame.filter(~pl.col("status").is_in(UNUSABLE)).with_columns(
        pl.col("valid_from").fill_null(dt.date.min), pl.col("valid_to").fill_null(dt.date.max)
    )
    when: dict[str, list[tuple[dt.date, dt.date]]] = {code: [] for code in known(found)}
    for code, first, last in usable.select("code", "valid_from", "valid_to").iter_rows():
        when[code].append((first, last))
    return {code: tuple(of) for code, of in when.items()}


def is_always(period: tuple[tuple[dt.date, dt.date], ...]) -> bool:
    """Return whether a code is in force on every day."""
    return (dt.date.min, dt.date.max) in period


@cache
def names(found: CodeList) -> Mapping[str, frozenset[str]]:
    """Return the names of each code whose Finnish and Swedish names are both known."""
    columns = ("code", "name_fi", "name_sv")
    rows = pl.concat([found.frame.select(columns), found.displays.select(columns)])
    named: dict[str, list[str]] = {}
    judged: set[str] = set()
    for code, fi, sv in rows.iter_rows():
        named.setdefault(code, []).extend(name for name in (fi, sv) if name)
        if fi and sv:
            judged.add(code)
    return {code: spellings(of) for code, of in named.items() if code in judged}


def spellings(names: Iterable[str]) -> frozenset[str]:
    """Return names as they are and folded, for comparing the usual spelling first."""
    every = tuple(names)
    return frozenset([*every, *map(folded, every)])


def folded(name: str) -> str:
    """Return a name in lower case, with single spaces and none at the ends.

    >>> folded(" Oma  Nimi")
    'oma nimi'
    """
    return " ".join(name.split()).lower()
