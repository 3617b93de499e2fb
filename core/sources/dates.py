"""Dates and times from text: the first form of the profile that fits, and nothing else.

A date that the calendar does not have (30 February, 29 February 2023), a year of two digits
under ``%Y``, hour 24 and second 60 are not read.  Only cells that a form left unread go on to
the next form, so that a column in one form costs one pass.
"""

import re
from collections.abc import Callable, Iterable

import polars as pl

from kirjaamo.sources.cells import FINLAND

EXCEL = "excel"
"""The form of a spreadsheet's serial number: days since 30 December 1899."""

_FIRST_YEAR = 1000  # `%Y` would read “26” as the year 26
_SERIAL = r"^[0-9]{1,6}(?:\.[0-9]+)?$"
_DIRECTIVE = re.compile("%[-_0^#.:]*[0-9]*[a-zA-Z+%]")
_DAY = 86_400
_SERIAL_ZERO = 2_209_161_600  # seconds from 30 December 1899 to 1970
_PROBE = 64
_AFTER_LEAP_BUG = 61  # serial 60 is 29 February 1900, which never was

Parser = Callable[[pl.Series, str], pl.Series]


def date(text: pl.Expr, forms: tuple[str, ...]) -> pl.Expr:
    """Return dates, null where no form fits."""
    return _parsed(text, forms, _date, pl.Date())


def datetime(text: pl.Expr, forms: tuple[str, ...]) -> pl.Expr:
    """Return local times in Finland, null where no form fits.

    A form with ``%z`` reads the offset and turns the time into Finnish time.
    """
    return _parsed(text, forms, _datetime, pl.Datetime("us"))


def _parsed(text: pl.Expr, forms: Iterable[str], parser: Parser, kind: pl.DataType) -> pl.Expr:
    every = tuple(forms)
    return text.map_batches(
        lambda cells: _first_that_fits(cells, every, parser, kind),
        return_dtype=kind,
        is_elementwise=True,
    )


def _first_that_fits(
    cells: pl.Series, forms: tuple[str, ...], parser: Parser, kind: pl.DataType
) -> pl.Series:
    found = pl.Series(cells.name, [None], dtype=kind).new_from_index(0, len(cells))
    whole, places, absent = cells, None, dict[str, bool]()
    for form in forms:
        if any(_known(absent, whole, mark) for mark in _marks(form, absent)):
            continue
        read = parser(cells, form)
        found = read if places is None else found.scatter(places, read)
        unread = read.is_null() & cells.is_not_null()
        if not unread.any():
            break
        left = unread.arg_true()
        places = left if places is None else places.gather(left)
        cells = cells.filter(unread)
    return found.alias(cells.name)


def _marks(form: str, known: dict[str, bool]) -> list[str]:
    """Return the characters that stand in every text of a form, known ones first."""
    plain = "" if form == EXCEL else _DIRECTIVE.sub("", form)
    return sorted(set(plain) - {" "}, key=lambda mark: mark not in known)


def _known(absent: dict[str, bool], cells: pl.Series, mark: str) -> bool:
    """Tell whether no cell holds *mark*: the form then needs no slow attempt."""
    if mark not in absent:
        near = cells.head(_PROBE).str.contains(mark, literal=True).any()
        absent[mark] = not (near or cells.str.contains(mark, literal=True).any())
    return absent[mark]


def _date(cells: pl.Series, form: str) -> pl.Series:
    if form == EXCEL:
        return _serial(cells).dt.date()
    read = cells.str.to_date(form, strict=False, cache=False)
    return _in_range(read)


def _datetime(cells: pl.Series, form: str) -> pl.Series:
    if form == EXCEL:
        return _serial(cells)
    if "%H" not in form:
        return _date(cells, form).cast(pl.Datetime("us"))
    if "%z" in form:
        cells = cells.str.replace("Z$", "+0000")
    read = cells.str.to_datetime(form, time_unit="us", strict=False, cache=False)
    if isinstance(read.dtype, pl.Datetime) and read.dtype.time_zone:
        read = read.dt.convert_time_zone(FINLAND.key).dt.replace_time_zone(None)
    leap = cells.str.contains(r"[:.]60(?:[^0-9]|$)")
    return _in_range(read.set(leap.fill_null(value=False), None))


def _in_range(read: pl.Series) -> pl.Series:
    if read.null_count() == len(read) or read.dt.year().min() >= _FIRST_YEAR:  # type: ignore[operator]  # an int
        return read
    return read.set((read.dt.year() < _FIRST_YEAR).fill_null(value=False), None)


def _serial(cells: pl.Series) -> pl.Series:
    """Return the times of a spreadsheet's serial numbers, to the second."""
    days = cells.set(~cells.str.contains(_SERIAL).fill_null(value=False), None).cast(pl.Float64)
    days = days.set((days < _AFTER_LEAP_BUG).fill_null(value=False), None)
    seconds = (days * _DAY).round().cast(pl.Int64)
    return ((seconds - _SERIAL_ZERO) * 1_000_000).cast(pl.Datetime("us"))
