"""Writing one value of a metadata field, escaped for XML, by the form of the field."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from kirjaamo.archive.building.ground import Ground
from kirjaamo.archive.building.reasons import CannotWrite
from kirjaamo.archive.fields import Field
from kirjaamo.archive.view.text import ILLEGAL, escaped, quoted
from kirjaamo.archive.view.values import FINLAND

_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
_LONGEST_OID = 64
_SPACES = re.compile(r"\s+")


def _oid(value: object, _one: Field, _ground: Ground) -> str:
    text = str(value)
    if len(text) > _LONGEST_OID or _OID.fullmatch(text) is None:
        raise CannotWrite("form")
    return text


def _number(value: object, _one: Field, _ground: Ground) -> str:
    text = str(value)
    if not text.isascii() or not text.isdigit() or text.startswith("0"):
        raise CannotWrite("form")
    return text


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """Return a text on one line.

    Raises:
        CannotWrite: It is empty, or XML cannot hold it.
    """
    if ILLEGAL.search(text):
        raise CannotWrite("illegal")
    found = _SPACES.sub(" ", text).strip()
    if not found:
        raise CannotWrite("missing")
    return found


def _text(value: object, _one: Field, _ground: Ground) -> str:
    return escaped(_plain(str(value)))


def _word(value: object, _one: Field, _ground: Ground) -> str:
    return quoted(_plain(str(value)))


def _instant(value: object, _one: Field, ground: Ground) -> str:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value) if len(value) > len("2026-01-01") else (
                dt.date.fromisoformat(value)
            )  # fmt: skip
        except ValueError:
            raise CannotWrite("form") from None
    if not isinstance(value, dt.date):
        raise CannotWrite("form")
    if not isinstance(value, dt.datetime):
        told = ground.settings.archive.time_of_day
        if not told:
            raise CannotWrite("no-time")
        value = dt.datetime.combine(value, dt.time.fromisoformat(told))
    found = value if value.tzinfo else value.replace(tzinfo=FINLAND)
    return _stamp(found)


def _stamp(moment: dt.datetime) -> str:
    """Return a moment as ``YYYYMMDDhhmmss`` and its zone.

    >>> _stamp(dt.datetime(2026, 3, 5, 9, 20, tzinfo=dt.UTC))
    '20260305092000+0000'
    """
    text = moment.isoformat(timespec="seconds")
    if len(text) != len("2026-03-05T09:20:00+02:00"):  # a zone of old times has seconds
        return f"{moment:%Y%m%d%H%M%S%z}"
    day, clock = text[:10].replace("-", ""), text[11:19].replace(":", "")
    return f"{day}{clock}{text[19:22]}{text[23:]}"


def _day(value: object, _one: Field, _ground: Ground) -> str:
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value[:10])
        except ValueError:
            raise CannotWrite("form") from None
    if not isinstance(value, dt.date):
        raise CannotWrite("form")
    return value.strftime("%Y%m%d") if isinstance(value, dt.datetime) else (
        value.isoformat().replace("-", "")
    )  # fmt: skip


def _language(value: object, _one: Field, _ground: Ground) -> str:
    code = str(value).upper()
    if code not in {"FI", "SV"}:
        raise CannotWrite("form")
    return code


def _coded(value: object, one: Field, ground: Ground) -> str:
    found = ground.coded(one).get(str(value))
    if found is None:
        raise CannotWrite("unknown-code")
    if found[1]:
        raise CannotWrite(found[1])
    return found[0]


def _base64(value: object, _one: Field, _ground: Ground) -> str:
    return value if isinstance(value, str) else str(value)


WRITERS: Final[Mapping[str, Callable[[object, Field, Ground], str]]] = {
    "oid": _oid, "number": _number, "text": _text, "word": _word, "instant": _instant,
    "day": _day, "language": _language, "coded": _coded, "base64": _base64,
}  # fmt: skip
"""Form to what writes a value of it."""
