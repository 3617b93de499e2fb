"""Columns of text as the columns of the record model, by the forms of a profile.

Each field has two columns: `raw`, the text that stood in the source, and `typed`, its value.
Text that cannot be read gives a null value beside a text that is not null, and so does a local
code that the profile does not map: rules see both.
"""

from collections.abc import Callable

import polars as pl

from kirjaamo import records
from kirjaamo.sources import dates
from kirjaamo.sources.profile import Column, Forms

_MINUS = r"\u{2212}"
_SPACES = r"[ \u{a0}\u{2009}\u{202f}]"
_TRUE, _FALSE = "true", "false"


def raw(column: Column, forms: Forms) -> pl.Expr:
    """Return the text of a column: without white space around it, null when it says nothing."""
    if column.constant:
        return pl.lit(column.constant, pl.String)
    text = pl.col(column.column).str.strip_chars()
    nothing = ["", *forms.empty]
    if len(nothing) == 1:
        return text.replace("", None)
    return pl.when(text.is_in(nothing).not_()).then(text)


def typed(field: records.Field, column: Column, forms: Forms) -> pl.Expr:
    """Return the value of a field, null where its text cannot be read."""
    text = raw(column, forms)
    if column.values:
        text = text.replace_strict(column.values, default=None, return_dtype=pl.String)
    return _READERS.get(field.type, _text)(text, column, forms).cast(field.dtype)


def _text(text: pl.Expr, column: Column, forms: Forms) -> pl.Expr:
    del column, forms
    return text


def _date(text: pl.Expr, column: Column, forms: Forms) -> pl.Expr:
    return dates.date(text, (column.form,) if column.form else forms.date)


def _datetime(text: pl.Expr, column: Column, forms: Forms) -> pl.Expr:
    return dates.datetime(text, (column.form,) if column.form else forms.datetime)


def _boolean(text: pl.Expr, column: Column, forms: Forms) -> pl.Expr:
    del column
    words = {word.casefold(): True for word in (_TRUE, *forms.true)}
    words |= {word.casefold(): False for word in (_FALSE, *forms.false)}
    return text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def _integer(text: pl.Expr, column: Column, forms: Forms) -> pl.Expr:
    del column, forms
    plain = text.str.replace_all(_SPACES, "")
    grouped = text.str.contains(rf"^[+-]?(?:[0-9]+|[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+)$")
    return pl.when(grouped).then(plain).cast(pl.Int64, strict=False)


def _decimal(text: pl.Expr, column: Column, forms: Forms) -> pl.Expr:
    """Return exact decimals with two places; more places than that cannot be read.

    A minus may stand after the number, as some ledgers write it.  With the decimal comma a
    point before one or two digits is read too, because workbooks and databases always give a
    point; “1.500” could be a thousand and a half, so it stays unread.
    """
    del column
    return text.map_batches(
        lambda cells: _decimals(cells, forms),
        return_dtype=pl.Decimal(38, 2),
        is_elementwise=True,
    )


def _decimals(cells: pl.Series, forms: Forms) -> pl.Series:
    """Return decimals; numbers without thousands and signs, which are most, go a short way."""
    mark = "," if forms.decimal == "comma" else "."
    plain = cells.str.contains(rf"^-?[0-9]+(?:[{mark}][0-9]{{1,2}})?$").fill_null(value=True)
    if plain.all():
        return cells.str.replace(mark, ".", literal=True).str.to_decimal(scale=2)
    return cells.to_frame("text").select(_any_decimal(pl.col("text"), forms)).to_series()


def _any_decimal(text: pl.Expr, forms: Forms) -> pl.Expr:
    if forms.decimal == "comma":
        number = _pattern(",", r"\.") + r"|[0-9]+\.[0-9]{1,2}"
    else:
        number = _pattern(r"\.", ",")
    fits = text.str.contains(rf"^(?:[+{_MINUS}-]?(?:{number})|(?:{number})[{_MINUS}-])$")
    return pl.when(fits).then(_plain(text, forms)).str.to_decimal(scale=2)


def _pattern(mark: str, group: str) -> str:
    """Return the pattern of a number without its sign: thousands apart by a space or *group*."""
    fraction = rf"(?:{mark}[0-9]{{1,2}}0*)"
    spaced = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+){fraction}?"
    return rf"{spaced}|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+{fraction}"


def _plain(text: pl.Expr, forms: Forms) -> pl.Expr:
    """Return a number that fits as ``-1234.50``."""
    negative = text.str.contains(rf"[{_MINUS}-]")
    digits = text.str.replace_all(rf"{_SPACES}|[+{_MINUS}-]", "")
    if forms.decimal == "comma":
        with_comma = digits.str.replace_all(".", "", literal=True).str.replace(
            ",", ".", literal=True
        )
        digits = (
            pl.when(digits.str.contains(",", literal=True)).then(with_comma).otherwise(digits)
        )
    else:
        digits = digits.str.replace_all(",", "", literal=True)
    return pl.when(negative).then("-" + digits).otherwise(digits)


def _ids(text: pl.Expr, column: Column, forms: Forms) -> pl.Expr:
    items = text.str.split(column.separator or forms.separator)
    stripped = items.list.eval(pl.element().str.strip_chars())
    return stripped.list.eval(pl.element().filter(pl.element() != ""))


_READERS: dict[str, Callable[[pl.Expr, Column, Forms], pl.Expr]] = {
    "date": _date,
    "datetime": _datetime,
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _decimal,
    "ids": _ids,
}
"""Field type to its reader; every other type is text."""
