"""A profile read backwards: canonical values as the system itself writes them."""

import datetime as dt
from collections.abc import Callable

from kirjaamo.sources.dates import EXCEL
from kirjaamo.sources.profile import Column, Forms

Write = Callable[[object, Column], str]


def as_text(forms: Forms) -> Write:
    """Return a function that writes any value as text in the system's forms."""

    def write(value: object, column: Column) -> str:  # noqa: PLR0911 - one return per type
        match value:
            case None:
                return ""
            case str():
                return local(value, column)
            case bool():
                return forms.true[0] if value else forms.false[0]
            case dt.datetime():
                return value.strftime(_form(column, forms.datetime))
            case dt.date():
                return value.strftime(_form(column, forms.date))
            case list():
                return (column.separator or forms.separator).join(value)
        return str(value)

    return write


def local(value: str, column: Column) -> str:
    """Return the local code of a national one; other values stay.

    >>> local("1", Column(column="RATKAISU", values={"M": "1", "H": "2"}))
    'M'
    """
    for code, national in column.values.items():
        if national == value:
            return code
    return value


def _form(column: Column, forms: tuple[str, ...]) -> str:
    """Return the form of a day: the column's own, or the first that is text."""
    told = (column.form, *forms)
    return next((form for form in told if form and form != EXCEL), "%Y-%m-%d")
