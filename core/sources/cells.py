"""Cells of typed sources as the text a person would read, and columns made of them."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl

from kirjaamo.sources import RAGGED

FINLAND = ZoneInfo("Europe/Helsinki")
"""Where the clocks of the records run; times with an offset are told in it."""


def frame(
    names: tuple[str, ...],
    rows: Sequence[Sequence[str | None]],
    places: Sequence[int],
    ragged: Sequence[bool] | None = None,
) -> pl.DataFrame:
    """Return rows of text as a frame, with null for an empty cell."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    data = [pl.Series(n, c, dtype=pl.String) for n, c in zip(names, columns, strict=True)]
    marks = ragged if ragged is not None else [False] * len(rows)
    return pl.DataFrame(data).with_columns(
        pl.all().replace("", None),
        pl.Series("_row", places, dtype=pl.UInt64),
        pl.Series(RAGGED, marks, dtype=pl.Boolean),
    )


def text(value: object) -> str | None:  # noqa: C901, PLR0911 - one case per type
    """Return a value as text: ``5`` for 5.0, ISO dates, a date for midnight.

    >>> [text(v) for v in (5.0, 0.1 + 0.2, True, dt.datetime(2024, 1, 31), Decimal("1.50"))]
    ['5', '0.3', 'true', '2024-01-31', '1.5']
    """
    match value:
        case None:
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return number(value)
        case Decimal():
            return decimal(value)
        case dt.datetime():
            return moment(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case list() | tuple() | set():
            return listed(list(value))
        case dict():
            return json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    return str(value)


def number(value: float) -> str:
    """Return a binary number with the 15 digits that it holds for certain."""
    if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - whole numbers are exact below
        return str(int(value))
    shown = f"{value:.15g}"
    return decimal(Decimal(shown)) if "e" in shown else shown


def decimal(value: Decimal) -> str:
    """Return a decimal number without an exponent and without zeros at its end."""
    shown = f"{value:f}" if value.is_finite() and abs(value.adjusted()) < 400 else str(value)  # noqa: PLR2004 - beyond any float
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def moment(value: dt.datetime) -> str:
    """Return a time in Finland; midnight alone is a date."""
    local = value.astimezone(FINLAND).replace(tzinfo=None) if value.tzinfo else value
    whole = local.replace(microsecond=0)
    if whole.time() == dt.time() and not value.tzinfo:
        return whole.date().isoformat()
    return whole.isoformat()


def listed(values: list[object]) -> str:
    """Return a list of plain values as text with commas, other lists as JSON."""
    if any(isinstance(value, list | dict | tuple) for value in values):
        return json.dumps(values, ensure_ascii=False, default=str, sort_keys=True)
    return ",".join(text(value) or "" for value in values)


def sha256(content: pl.DataFrame) -> str:
    """Return the hash of the cells of a frame, column by column."""
    digest = hashlib.sha256()
    for column in content.get_columns():
        cells = column.cast(pl.String).fill_null("\x00").implode().list.join("\x1f")
        digest.update((cells[0] or "").encode() + b"\x1e")
    return digest.hexdigest()
