"""How one value of a document is written for a reader, in Finnish or Swedish.

A value that is not of its kind is shown as it stands: a view hides nothing that is wrong.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from kirjaamo.classifications.structures.model import Kind

Write = Callable[[Any], str]
"""Writes a value as text, not yet escaped."""

FINLAND = ZoneInfo("Europe/Helsinki")

YES_NO: Mapping[str, tuple[str, str]] = {"fi": ("Kyllä", "Ei"), "sv": ("Ja", "Nej")}
CLOCK: Mapping[str, str] = {"fi": "klo", "sv": "kl."}
"""Words of the documents themselves, which are Finnish or Swedish whoever makes them."""

MASK = "*****"
"""Stands for what an identity code says beside the day of birth."""

_BORN = re.compile(r"[0-9]{6}")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def masked(code: str) -> str:
    """Return an identity code as a view shows it.

    >>> masked("010190-900X"), masked("900X")
    ('010190*****', '*****')
    """
    born = _BORN.match(code)
    return (born[0] if born else "") + MASK


def date(value: object) -> str:
    """Return a date, month or year as it is written in Finland.

    >>> date("2024-05-02"), date("2024-05"), date("2024")
    ('2.5.2024', '5/2024', '2024')
    """
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return plain(value)
    year, month, day = match.groups()
    if day:
        return f"{int(day)}.{int(month)}.{year}"
    return f"{int(month)}/{year}" if month else year


def moment(clock: str, value: object) -> str:
    """Return a time as the clocks in Finland showed it.

    >>> moment("klo", "2024-07-01T06:05:00Z")
    '1.7.2024 klo 9.05'
    """
    try:
        found = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return date(value)
    if found.tzinfo is not None:
        found = found.astimezone(FINLAND)
    return f"{found.day}.{found.month}.{found.year} {clock} {found.hour}.{found.minute:02}"


def answer(words: tuple[str, str], value: object) -> str:
    """Return a yes or no in words.

    >>> answer(("Ja", "Nej"), False)
    'Nej'
    """
    if isinstance(value, bool):
        return words[0] if value else words[1]
    return plain(value)


def number(value: object) -> str:
    """Return a number with a decimal comma.

    >>> number(1234.5), number(7), number(1e16)
    ('1234,5', '7', '10000000000000000')
    """
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f").replace(".", ",")
        return text.removesuffix(",0")
    return plain(value)


def quantity(sign: str, value: object) -> str:
    """Return an amount, measure or percentage with its unit.

    >>> quantity("", {"value": 12.5, "code": "EUR"}), quantity("%", {"value": 3})
    ('12,5 EUR', '3 %')
    """
    if not isinstance(value, dict):
        return number(value)
    unit = sign or plain(value.get("code", ""))
    return f"{number(value.get('value', ''))} {unit}".strip()


def plain(value: object) -> str:
    """Return any value as text; of an object, what it calls its value or its name.

    >>> plain({"system": "x", "value": "y"}), plain(3), plain({"code": "1", "display": "yksi"})
    ('y', '3', 'yksi')
    """
    match value:
        case str():
            return value
        case {"display": str(name)} if name:
            return name
        case {"value": inner} | {"code": inner}:
            return plain(inner)
        case dict():
            return ", ".join(map(plain, value.values()))
        case list():
            return ", ".join(map(plain, value))
        case _:
            return str(value)


def identity(value: object) -> str:
    """Return an identity code, masked.

    >>> identity({"system": "urn:oid:1.2.246.21", "value": "010190-900X"})
    '010190*****'
    """
    return masked(plain(value))


def writer(kind: Kind, language: str) -> Write:
    """Return what writes values of a kind that is neither a code nor an identifier."""
    writers: Mapping[Kind, Write] = {
        Kind.DATE: date,
        Kind.DATETIME: partial(moment, CLOCK[language]),
        Kind.BOOLEAN: partial(answer, YES_NO[language]),
        Kind.NUMBER: number,
        Kind.COUNT: number,
        Kind.AMOUNT: partial(quantity, ""),
        Kind.MEASURE: partial(quantity, ""),
        Kind.PERCENT: partial(quantity, "%"),
    }
    return writers.get(kind, plain)
