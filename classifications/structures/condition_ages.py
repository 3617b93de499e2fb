"""Dates and ages in documents, for the conditions that ask whether a person is a minor."""

import datetime as dt
import re

_ADULT = 18
_IDENTITY_CODE = re.compile(  # ddmmyy, sign of the century, individual number, check
    r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{2})"
    r"(?P<century>[-+A-FU-Y])[0-9]{3}[0-9A-Y]"
)
_CENTURIES = {"+": 1800} | dict.fromkeys("-UVWXY", 1900) | dict.fromkeys("ABCDEF", 2000)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_minor(born: dt.date, day: dt.date) -> bool:
    """Return whether a person is under 18 on a day.

    >>> is_minor(dt.date(2006, 5, 2), dt.date(2024, 5, 1))
    True
    """
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return age < _ADULT


def date_of(value: object) -> dt.date | None:
    """Return the date that a value begins with, or the birth date in an identity code.

    A year or a month alone, a temporary identifier and an impossible date are None.

    >>> date_of("2024-05-02T10:00:00Z"), date_of({"value": "100190-999P"}), date_of("2024")
    (datetime.date(2024, 5, 2), datetime.date(1990, 1, 10), None)
    """
    text = value.get("value") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return None
    try:
        if stated := _DATE.match(text):
            return dt.date.fromisoformat(stated[0])
        if code := _IDENTITY_CODE.fullmatch(text):
            year = _CENTURIES[code["century"]] + int(code["year"])
            return dt.date(year, int(code["month"]), int(code["day"]))
    except ValueError:
        return None
    return None
