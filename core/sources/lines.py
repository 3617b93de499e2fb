"""Records of delimited text: where each begins and ends, exactly, and without a loop per line.

The reference is Python's `csv` module, fed line by line: a record may span several lines when
a line feed stands inside quotation marks.  A line ends with a line feed; a carriage return
just before it belongs to the line end, any other one is a character of its cell.

Where every quotation mark opens a cell, closes one or is doubled (`clean`), the same structure
follows from the parity of the marks alone, and whole columns of positions replace the loop.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from kirjaamo.sources.codeunits import FEED, QUOTE, RETURN, codes, units_as_text

_BARE_RETURN = re.compile(r"\r(?!\n)")
# The csv module cannot keep a bare carriage return; this noncharacter stands in for it.
_STAND_IN = "\ufdd0"

csv.field_size_limit(2**31 - 1)  # the limit is `limits.RECORD`, for all readers alike

Record = tuple[int, list[str], bool]
"""First line (from 0), cells (none on a blank line), and whether its end was seen."""


class _Lines:
    """The lines of a text, counting how many the reader has taken."""

    def __init__(self, text: str) -> None:
        self.rest: Iterator[str] = iter(_split(text))
        self.taken, self.over = 0, False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = next(self.rest)
        except StopIteration:
            self.over = True
            raise
        self.taken += 1
        return line


def _split(text: str) -> Iterable[str]:
    lines = text.split("\n")
    last = lines.pop()
    yield from (line + "\n" for line in lines)
    if last:
        yield last


def records(text: str, delimiter: str, most: int | None = None) -> Iterator[Record]:
    """Yield the records of a text as the csv module reads them.

    The last record is not whole when the text ends inside quotation marks.
    """
    bare = _BARE_RETURN.search(text) is not None
    lines = _Lines(_BARE_RETURN.sub(_STAND_IN, text) if bare else text)
    reader = csv.reader(lines, delimiter=delimiter)
    first = 0
    for number, cells in enumerate(reader):
        restored = [cell.replace(_STAND_IN, "\r") for cell in cells] if bare else cells
        yield first, restored, not lines.over
        first = lines.taken
        if most is not None and number + 1 >= most:
            return


def opens_clean(units: pl.Series, quotes: pl.Series, delimiter: int) -> bool:
    """Tell whether every opening mark stands at the start of a cell or is doubled.

    Then a place is inside a cell's quotation marks exactly when an odd number of marks stands
    before it.
    """
    opening = quotes.gather_every(2)
    if len(opening) and opening[0] == 0:
        opening = opening.slice(1)
    before = units.gather(opening - 1)
    starts = (before == delimiter) | (before == FEED)
    loose = opening.filter(~starts)
    if not len(loose):
        return True
    closing = quotes.gather_every(2, offset=1)
    return bool((loose - 1).is_in(closing.implode()).all())


def closes_clean(units: pl.Series, quotes: pl.Series, delimiter: int) -> bool:
    """Tell whether every closing mark stands at the end of a cell or is doubled."""
    if len(quotes) % 2:
        return False
    closing = quotes.gather_every(2, offset=1)
    closing = closing.filter(closing < len(units) - 1)
    after = units.gather(closing + 1)
    ends = (after == delimiter) | (after == FEED) | (after == QUOTE)
    loose = closing.filter(~ends)
    if not len(loose):
        return True
    if not bool((units.gather(loose + 1) == RETURN).all()) or loose[-1] + 2 >= len(units):
        return False
    return bool((units.gather(loose + 2) == FEED).all())


def outside(places: pl.Series, quotes: pl.Series) -> pl.Series:
    """Return those of the *places* that stand outside quotation marks."""
    return places.filter(quotes.search_sorted(places) % 2 == 0) if len(quotes) else places


def last_end(content: bytes, width: int, delimiter: str) -> int:
    """Return how many bytes of *content*, which begins with a record, are whole records."""
    if width == 1 and b'"' not in content:
        return content.rfind(b"\n") + 1
    units = codes(content, width)
    quotes = (units == QUOTE).arg_true()
    if not opens_clean(units, quotes, ord(delimiter)):
        return _last_end_by_csv(units_as_text(units), delimiter) * width
    ends = outside((units == FEED).arg_true(), quotes)
    return (int(ends[-1]) + 1) * width if len(ends) else 0


def is_open(content: bytes, width: int, delimiter: str) -> bool:
    """Tell whether *content*, which begins with a record, ends inside quotation marks."""
    if width == 1 and b'"' not in content:
        return False
    units = codes(content, width)
    quotes = (units == QUOTE).arg_true()
    if opens_clean(units, quotes, ord(delimiter)):
        return len(quotes) % 2 == 1
    return not all(whole for _, _, whole in records(units_as_text(units), delimiter))


def _last_end_by_csv(text: str, delimiter: str) -> int:
    whole = text.rfind("\n") + 1
    starts = [first for first, _, end in records(text[:whole], delimiter) if not end]
    if not starts:
        return whole
    return sum(len(line) for _, line in zip(range(starts[0]), _split(text), strict=False))


def is_utf8(content: bytes) -> bool:
    """Tell whether bytes are whole UTF-8; four times as fast as decoding them."""
    return _as_text(content) is not None


def _as_text(content: bytes) -> pl.Series | None:
    try:
        return pl.Series([content], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return None


def is_exact(content: bytes, columns: int, delimiter: str) -> bool:
    """Tell whether UTF-8 text is nothing but records of so many cells, with clean marks.

    One pass of a regular expression, which Polars runs as an automaton: 0.3 GB per second.
    """
    mark = f"\\x{{{ord(delimiter):x}}}"
    plain = rf'[^"{mark}\r\n]' + ("*" if columns > 1 else "+")
    cell = rf'(?:"(?:[^"]|"")*"|{plain})'
    record = rf"{cell}(?:{mark}{cell}){{{columns - 1}}}\r?\n"
    whole = content if content.endswith(b"\n") else content + b"\n"
    if whole.startswith(b"\xef\xbb\xbf"):  # Polars would take it for a byte order mark
        return False
    text = _as_text(whole)
    if text is None:
        return False
    return bool(text.str.contains(rf"\A(?:{record})*\z")[0])


def first_lines(content: bytes) -> pl.Series:
    """Return the first line, from 0, of each record of a text with clean marks."""
    units = codes(content)
    feeds = (units == FEED).arg_true()
    starts, _ = _records(outside(feeds, (units == QUOTE).arg_true()), content)
    return feeds.search_sorted(starts).cast(pl.UInt64)


def _records(ends: pl.Series, content: bytes) -> tuple[pl.Series, pl.Series]:
    """Return where records begin and stop; the last one may stop with the text."""
    if not content.endswith(b"\n"):
        ends = ends.append(pl.Series([len(content)], dtype=ends.dtype))
    return pl.concat([pl.Series([0], dtype=ends.dtype), ends.head(len(ends) - 1) + 1]), ends


@dataclass(frozen=True, slots=True)
class Shape:
    """The records of a text, as columns with one row per record.

    Attributes:
        starts: Where each begins, in bytes.
        stops: Where its line feed stands, or the end of the text.
        lines: Its first line, from 0.
        plain: It has as many cells as the header, and no bare carriage return.
    """

    starts: pl.Series
    stops: pl.Series
    lines: pl.Series
    plain: pl.Series


def shape(content: bytes, columns: int, delimiter: str) -> Shape | None:
    """Return the records of a UTF-8 text, or nothing when its quotation marks are not clean."""
    units, mark = codes(content), ord(delimiter)
    quotes = (units == QUOTE).arg_true() if b'"' in content else pl.Series(dtype=pl.UInt32)
    if not (opens_clean(units, quotes, mark) and closes_clean(units, quotes, mark)):
        return None
    feeds = (units == FEED).arg_true()
    starts, stops = _records(outside(feeds, quotes), content)
    marks = outside((units == mark).arg_true(), quotes).search_sorted(stops)
    cells = marks.diff(null_behavior="ignore").fill_null(marks.first()) + 1
    plain = (cells == columns) & (stops > starts) & ~_spoiled(units, content, quotes, stops)
    if columns == 1:
        plain &= (stops - starts > 1) | (units.gather(starts) != RETURN)
    return Shape(starts, stops, feeds.search_sorted(starts), plain)


def _spoiled(
    units: pl.Series, content: bytes, quotes: pl.Series, stops: pl.Series
) -> pl.Series:
    """Tell of each record whether a bare carriage return stands in it outside the marks."""
    none = pl.repeat(value=False, n=len(stops), dtype=pl.Boolean, eager=True)
    if b"\r" not in content:
        return none
    returns = outside((units == RETURN).arg_true(), quotes)
    ended = stops.filter(stops > 0) - 1
    bare = returns.filter(~returns.is_in(ended.implode()) | (returns == len(units) - 1))
    return none.scatter(stops.search_sorted(bare), values=True) if len(bare) else none
