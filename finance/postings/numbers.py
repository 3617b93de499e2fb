"""Amounts as ledgers write them, as whole cents.

Thousands apart by a plain, no-break, thin or narrow space (or a point, with a decimal comma);
a minus before or after the number, or parentheses; a euro sign at the end.  More decimals than
cents are rounded half away from zero, and that is told; workbooks have up to seventeen of them,
which are noise of floating point.  Scientific form and anything that can
be read in two ways (``1.500``) is not read at all.
"""

from typing import Final

import polars as pl

from kirjaamo.sources.profile import Amounts, Forms

_MINUS = r"[\u{2212}\u{2013}-]"
_SPACE = r"[ \u{a0}\u{2009}\u{202f}]"
_EURO = r"[\s\u{a0}\u{2009}\u{202f}]*(?:€|EUR)$"
_PLACES = 6
"""Decimals that decide a cent, also of thousands of euros."""

_MOST = 18
"""Decimals that are read; those after `_PLACES` are only told as rounded."""

_SCALE: Final = 10**_PLACES
_DIVISORS: Final = {1: _SCALE // 100, 1000: _SCALE // 100_000}
"""Millionths of the source's unit in one cent, by how many euros the unit is."""


def cents(text: pl.Expr, forms: Forms, euros: int = 1) -> pl.Expr:
    """Return a struct of ``cents`` (null: unreadable) and ``rounded``.

    Args:
        text: The texts of a column.
        forms: How the system writes decimals.
        euros: What one of the source is in euros: 1 or 1000.
    """
    bare = text.str.strip_chars().str.replace(_EURO, "")
    fits = bare.str.contains(_pattern(forms))
    digits = _with_point(bare.str.replace_all(r"[^0-9.,]", ""), forms)
    whole = digits.str.extract(r"^([0-9]*)").cast(pl.Int64, strict=False)
    fraction = digits.str.extract(r"\.([0-9]+)$").fill_null("").str.pad_end(_PLACES, "0")
    noise = fraction.str.slice(_PLACES).str.contains("[1-9]")
    divisor = _DIVISORS[euros]
    millionths = whole * _SCALE + fraction.str.slice(0, _PLACES).cast(pl.Int64, strict=False)
    size = (millionths + divisor // 2) // divisor
    negative = bare.str.contains(rf"^\(|{_MINUS}")
    signed = pl.when(negative).then(-size).otherwise(size)
    return pl.struct(
        cents=pl.when(fits).then(signed),
        rounded=(fits & ((millionths % divisor != 0) | noise)).fill_null(value=False),
    )


def _with_point(digits: pl.Expr, forms: Forms) -> pl.Expr:
    """Return digits with a point before the decimals and nothing between thousands."""
    if forms.decimal == "point":
        return digits.str.replace_all(",", "", literal=True)
    plain = digits.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return pl.when(digits.str.contains(",", literal=True)).then(plain).otherwise(digits)


def _pattern(forms: Forms) -> str:
    """Return the pattern of a whole number, with its sign or in parentheses.

    Twelve digits before the decimals and `_MOST` after them are read; a point before one or two
    decimals is read beside the comma, because workbooks and databases always give a point.
    """
    mark, group = (",", r"\.") if forms.decimal == "comma" else (r"\.", ",")
    fraction = rf"{mark}[0-9]{{1,{_MOST}}}"
    spaced = rf"(?:[0-9]{{1,12}}|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}}){{1,3}})(?:{fraction})?"
    grouped = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}}){{1,3}}{fraction}"
    plain = (
        rf"|[0-9]{{1,12}}\.(?:[0-9]{{1,2}}|[0-9]{{4,{_MOST}}})"
        if forms.decimal == "comma"
        else ""
    )
    number = rf"(?:{spaced}|{grouped}{plain})"
    signed = rf"(?:[+]|{_MINUS})?{_SPACE}?{number}|{number}{_SPACE}?{_MINUS}"
    return rf"^(?:{signed}|\({number}\))$"


def amount(column: pl.Expr | None, amounts: Amounts, forms: Forms) -> pl.Expr:
    """Return the amount of a row, debit positive, as a struct of ``cents`` and ``rounded``.

    Args:
        column: The column of amounts, where there is one.
        amounts: The profile's word: columns of debits and credits, or of the side.
        forms: How the system writes decimals.
    """
    if amounts.debit or amounts.credit:
        return _two_columns(amounts, forms)
    if column is None:
        return pl.struct(cents=pl.lit(None, pl.Int64), rounded=pl.lit(value=False))
    read = cents(column, forms, amounts.euros)
    if not amounts.side:
        return read
    word = pl.col(amounts.side).str.strip_chars().str.to_uppercase()
    size = read.struct.field("cents")
    sign = (
        pl.when(word.is_in([w.upper() for w in amounts.debit_words]))
        .then(1)
        .when(word.is_in([w.upper() for w in amounts.credit_words]))
        .then(-1)
    )
    return pl.struct(cents=size * sign, rounded=read.struct.field("rounded"))


def _two_columns(amounts: Amounts, forms: Forms) -> pl.Expr:
    """Return debit less credit; an empty column is nothing, a row without either is unread."""
    sides, given, whole, rounded = [], [], [], []
    for name, sign in ((amounts.debit, 1), (amounts.credit, -1)):
        if not name:
            continue
        text = pl.col(name).str.strip_chars().replace("", None)
        read = cents(text, forms, amounts.euros)
        sides.append(read.struct.field("cents").fill_null(0) * sign)
        given.append(text.is_not_null())
        whole.append(text.is_null() | read.struct.field("cents").is_not_null())
        rounded.append(read.struct.field("rounded").fill_null(value=False))
    readable = pl.any_horizontal(given) & pl.all_horizontal(whole)
    return pl.struct(
        cents=pl.when(readable).then(pl.sum_horizontal(sides)),
        rounded=pl.any_horizontal(rounded),
    )
