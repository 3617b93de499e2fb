"""Delimited text: exact to the line a person sees, and as fast as the columns allow.

A file is cut at record boundaries, which `kirjaamo.sources.lines` finds by the csv module's
own rules; `kirjaamo.sources.delimited` reads the pieces.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from kirjaamo.sources import (
    Piece,
    Unit,
    codeunits,
    delimited,
    detect,
    headers,
    limits,
    lines,
    place,
)
from kirjaamo.sources.errors import (
    EmptyFileError,
    HeaderError,
    RecordTooLongError,
    UnclosedQuoteError,
)
from kirjaamo.sources.profile import Part

_HEAD = 1 << 16


def units(location: str, part: Part, size: int) -> Iterator[Unit]:
    """Yield the pieces of a text file, cut at the ends of records.

    The first piece begins with what stands above the header, so that the lines of all pieces
    add up to the lines of the file.
    """
    path, text = Path(location), detect.text(location, part.encoding)
    mark, header, body = _opening(location, part, text)
    cuts = _cuts(location, body, text, mark, max(size, 1))
    for number, (start, stop) in enumerate(cuts):
        first = 0 if number == 0 else start
        yield Unit(path.name, location, number, first, stop, header, text.encoding, mark)


def read(unit: Unit, part: Part) -> Piece:
    """Return the records of a piece, with the lines on which they begin."""
    content = place.between(unit.location, unit.start, unit.stop)
    digest = hashlib.sha256(content).hexdigest()
    above = 0
    if unit.number == 0:
        above, offset, _ = _head(content, part, unit.encoding, unit.delimiter)
        content = content[offset:]
    text = utf8(content, unit.encoding)
    frame = delimited.frame(text, unit.header, unit.delimiter)
    if len(text) > limits.RECORD:
        _check_longest(text, frame, unit, above)
    rows = above + codeunits.count(text)
    placed = frame.with_columns(pl.col("_row") + above) if above else frame
    return Piece(placed, rows, digest)


def _check_longest(text: bytes, frame: pl.DataFrame, unit: Unit, above: int) -> None:
    """Refuse a piece with a record beyond the limit; only a piece longer than it can have one."""
    feeds = (codeunits.codes(text) == codeunits.FEED).arg_true().cast(pl.Int64)
    begins = pl.concat([pl.Series([0], dtype=pl.Int64), feeds + 1]).gather(frame["_row"])
    lengths = begins.extend(pl.Series([len(text)], dtype=pl.Int64)).diff().slice(1)
    long = (lengths > limits.RECORD).arg_true()
    if len(long):
        start = _line_at(unit.location, unit.start, detect.Text(unit.encoding))
        line = start + above + frame["_row"][long[0]]
        source = unit.source
        raise RecordTooLongError(source=source, line=line, limit=limits.RECORD)


def utf8(content: bytes, encoding: str) -> bytes:
    """Return text as UTF-8, with U+FFFD for what cannot be decoded.

    Text that is UTF-8 already is left to its reader, which sees what is broken in it.
    """
    return content if encoding == "utf-8" else content.decode(encoding, "replace").encode()


def _opening(location: str, part: Part, text: detect.Text) -> tuple[str, tuple[str, ...], int]:
    """Return the delimiter, the header and where the records begin."""
    size, source = _HEAD, Path(location).name
    while True:
        content = place.between(location, 0, size)
        whole = len(content) < size
        mark = part.delimiter or _delimiter(content, part, text.encoding)
        _, offset, rows = _head(content, part, text.encoding, mark)
        if len(rows) == part.header_rows and (whole or offset < len(content)):
            return mark, headers.checked(headers.joined(rows), part, source), offset
        if whole and not content.strip():
            raise EmptyFileError(source=source)
        if whole and len(content) <= limits.RECORD:
            raise HeaderError(source=source)
        if len(content) > limits.RECORD:
            raise RecordTooLongError(
                source=source, line=part.skip_rows + 1, limit=limits.RECORD
            )
        size *= 8


def _delimiter(content: bytes, part: Part, encoding: str) -> str:
    """Return the delimiter that the file names (``sep=;``) or that its records show."""
    text = content[detect.mark(encoding, content) :].decode(encoding, "replace")
    first = text.partition("\n")[0].rstrip("\r")
    if first.startswith("sep=") and len(first) == len("sep=;"):
        return first[-1]
    start = _after(text, part.skip_rows)
    return detect.delimiter(text[start : start + _HEAD])


def _head(
    content: bytes, part: Part, encoding: str, mark: str
) -> tuple[int, int, list[list[str]]]:
    """Return the lines and bytes down to the end of the header, and the header's rows."""
    text = content[detect.mark(encoding, content) :].decode(encoding, "replace")
    above = part.skip_rows
    if text.startswith("sep=") and not above:
        above = 1
    start = _after(text, above)
    taken, rows = above, list[list[str]]()
    for first, row, whole in lines.records(text[start:], mark):
        if len(rows) == part.header_rows:
            taken = above + first
            break
        if row:
            rows.append(row)
        if not whole:
            rows = rows[:-1]
    else:
        return codeunits.count(text.encode("utf-8", "replace")), len(content), rows
    return taken, _offset(content, taken, encoding), rows


def _after(text: str, count: int) -> int:
    place_of = 0
    for _ in range(count):
        found = text.find("\n", place_of)
        if found < 0:
            return len(text)
        place_of = found + 1
    return place_of


def _offset(content: bytes, count: int, encoding: str) -> int:
    """Return where the line *count* (from 0) begins, in bytes."""
    if not count:
        return detect.mark(encoding, content)
    width = detect.Text(encoding).width
    feeds = (codeunits.codes(native(content, encoding), width) == codeunits.FEED).arg_true()
    return (int(feeds[count - 1]) + 1) * width


def _cuts(
    location: str, start: int, text: detect.Text, mark: str, size: int
) -> Iterator[tuple[int, int]]:
    """Yield start and stop of pieces of whole records, about *size* bytes each."""
    first, step, source = start, size * text.width, Path(location).name
    with place.opened(location) as stream:
        while True:
            stream.seek(start)
            content = stream.read(step)
            end = lines.last_end(native(content, text.encoding), text.width, mark)
            if len(content) - end > limits.RECORD:
                line = _line_at(location, start + end, text)
                raise RecordTooLongError(source=source, line=line, limit=limits.RECORD)
            if end:
                yield start, start + end
            if len(content) < step:
                break
            start, step = start + end, size * text.width if end else step * 2
    rest = content[end:]
    start += end
    if rest and lines.is_open(native(rest, text.encoding), text.width, mark):
        raise UnclosedQuoteError(source=source, line=_line_at(location, start, text))
    if rest or start == first:
        yield start, start + len(rest)


def native(content: bytes, encoding: str) -> bytes:
    """Return text with whole code units, the lower byte first."""
    if not encoding.startswith("utf-16"):
        return content
    even = content[: len(content) // 2 * 2]
    if encoding == "utf-16-le":
        return even
    swapped = bytearray(len(even))
    swapped[::2], swapped[1::2] = even[1::2], even[::2]
    return bytes(swapped)


def _line_at(location: str, offset: int, text: detect.Text) -> int:
    """Return the number (from 1) of the line that begins at *offset*."""
    content = native(place.between(location, 0, offset), text.encoding)
    return int((codeunits.codes(content, text.width) == codeunits.FEED).sum()) + 1
