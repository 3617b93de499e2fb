"""Delimited text: exact to the line a person sees, and as fast as the columns allow.

A file is cut at record boundaries.  Of each piece, the records with as many cells as the
header go to Polars in one call; the rest (ragged rows, bare carriage returns, stray quotation
marks) go to the csv module, record by record.  Both readers see the same records, because
`kirjaamo.sources.lines` finds them by the csv module's own rules.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from kirjaamo.sources import RAGGED, Piece, Unit, cells, detect, headers, limits, lines, place
from kirjaamo.sources.errors import EmptyFileError, RecordTooLongError, UnclosedQuoteError
from kirjaamo.sources.profile import Part

_HEAD = 1 << 16
_REGEX_COLUMNS = 200  # a pattern of more cells takes too long to compile


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
    frame = _frame(text, unit)
    if len(text) > limits.RECORD:
        _check_longest(text, frame, unit, above)
    rows = above + _line_count(text)
    return Piece(frame.with_columns(pl.col("_row") + above), rows, digest)


def _check_longest(text: bytes, frame: pl.DataFrame, unit: Unit, above: int) -> None:
    """Refuse a piece with a record beyond the limit; only a piece longer than it can have one."""
    feeds = (lines.codes(text) == lines.FEED).arg_true().cast(pl.Int64)
    begins = pl.concat([pl.Series([0], dtype=pl.Int64), feeds + 1]).gather(frame["_row"])
    lengths = begins.extend(pl.Series([len(text)], dtype=pl.Int64)).diff().slice(1)
    long = (lengths > limits.RECORD).arg_true()
    if len(long):
        start = _line_at(unit.location, unit.start, detect.Text(unit.encoding))
        line = start + above + frame["_row"][long[0]]
        source = unit.source
        raise RecordTooLongError(source=source, line=line, limit=limits.RECORD)


def utf8(content: bytes, encoding: str) -> bytes:
    """Return text as UTF-8; what cannot be decoded becomes U+FFFD, for a rule to find."""
    if encoding != "utf-8":
        return content.decode(encoding, "replace").encode()
    try:  # four times as fast as decoding, and other threads go on meanwhile
        pl.Series([content], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return content.decode("utf-8", "replace").encode()
    return content


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
        if whole:
            raise EmptyFileError(source=source)
        if size > limits.RECORD:
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
    return detect.delimiter("\n".join(text.split("\n")[part.skip_rows :]))


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
        return _line_count(text.encode("utf-8", "replace")), len(content), rows
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
    feeds = (lines.codes(native(content, encoding), width) == lines.FEED).arg_true()
    return (int(feeds[count - 1]) + 1) * width


def _line_count(text: bytes) -> int:
    count = int((lines.codes(text) == lines.FEED).sum())
    return count + (bool(text) and not text.endswith(b"\n"))


def _cuts(
    location: str, start: int, text: detect.Text, mark: str, size: int
) -> Iterator[tuple[int, int]]:
    """Yield start and stop of pieces of whole records, about *size* bytes each."""
    first, rest = start, b""
    with place.opened(location) as stream:
        stream.seek(start)
        while block := stream.read(size * text.width):
            content = rest + block
            end = lines.last_end(native(content, text.encoding), text.width, mark)
            rest = content[end:]
            if len(rest) > limits.RECORD:
                raise RecordTooLongError(
                    source=Path(location).name,
                    line=_line_at(location, start + end, text),
                    limit=limits.RECORD,
                )
            if end:
                yield start, start + end
            start += end
    if rest and lines.is_open(native(rest, text.encoding), text.width, mark):
        line = _line_at(location, start, text)
        raise UnclosedQuoteError(source=Path(location).name, line=line)
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
    return int((lines.codes(content, text.width) == lines.FEED).sum()) + 1


def _frame(text: bytes, unit: Unit) -> pl.DataFrame:
    """Return the records of UTF-8 text with their lines, counted from 0."""
    names, mark = unit.header, unit.delimiter
    if not text:
        return cells.frame(names, [], [])
    quick = _quoted(text, names, mark) if b'"' in text else _quick(text, names, mark)
    if quick is not None:
        return quick
    found = lines.shape(text, len(names), mark)
    plain = None if found is None else _plain(text, found, names, mark)
    if found is None or plain is None:
        return _by_csv(lines.records(text.decode(), mark), names)
    other = found.plain.not_()
    places = zip(
        found.starts.filter(other),
        found.stops.filter(other),
        found.lines.filter(other),
        strict=True,
    )
    rest = (
        (line + first, row, whole)
        for start, stop, line in places
        for first, row, whole in lines.records(text[start : stop + 1].decode(), mark)
    )
    return pl.concat([plain, _by_csv(rest, names)]).sort("_row")


def _quoted(text: bytes, names: tuple[str, ...], mark: str) -> pl.DataFrame | None:
    """Return the frame of a text whose quotation marks and cells are all in order, or nothing."""
    if len(names) > _REGEX_COLUMNS or not lines.is_exact(text, len(names), mark):
        return None
    frame, count = _polars(text, names, mark, '"'), _line_count(text)
    if frame is None:
        return None
    if frame.height == count:
        return _placed(frame, pl.int_range(count, dtype=pl.UInt64, eager=True))
    places = lines.first_lines(text)
    return _placed(frame, places) if frame.height == len(places) else None


def _quick(text: bytes, names: tuple[str, ...], mark: str) -> pl.DataFrame | None:
    """Return the frame of a text without quotation marks or any oddity, or nothing.

    Without quotation marks, a text with (columns - 1) delimiters per line and no line with
    more has exactly that many on each line; Polars refuses the lines with more.
    """
    if text.startswith(b"\xef\xbb\xbf"):
        return None
    units, count = lines.codes(text), _line_count(text)
    if int((units == ord(mark)).sum()) != (len(names) - 1) * count:
        return None
    if b"\r" in text and not _line_ends_only(units):
        return None
    if len(names) == 1 and (b"\n\n" in text or b"\n\r\n" in text or text[0] in b"\r\n"):
        return None
    frame = _polars(text, names, mark, None)
    if frame is None or frame.height != count:
        return None
    return _placed(frame, pl.int_range(count, dtype=pl.UInt64, eager=True))


def _line_ends_only(units: pl.Series) -> bool:
    """Tell whether a line feed follows every carriage return."""
    returns = (units == lines.RETURN).arg_true()
    if returns[-1] + 1 >= len(units):
        return False
    return bool((units.gather(returns + 1) == lines.FEED).all())


def _plain(
    text: bytes, found: lines.Shape, names: tuple[str, ...], mark: str
) -> pl.DataFrame | None:
    """Return the records that Polars reads exactly, or nothing when it does not."""
    runs = found.plain.rle().struct.unnest()
    stops = runs["len"].cum_sum()
    ends = pl.DataFrame({"start": stops - runs["len"], "stop": stops - 1}).filter(runs["value"])
    begin, end = found.starts.gather(ends["start"]), found.stops.gather(ends["stop"])
    kept = b"".join(text[b : e + 1] for b, e in zip(begin, end, strict=True))
    places = found.lines.filter(found.plain).cast(pl.UInt64)
    if not kept:
        return _placed(pl.DataFrame(schema=dict.fromkeys(names, pl.String)), places)
    frame = None if kept.startswith(b"\xef\xbb\xbf") else _polars(kept, names, mark, '"')
    if frame is None or frame.height != len(places):
        return None
    return _placed(frame, places)


def _polars(
    text: bytes, names: tuple[str, ...], mark: str, quote: str | None
) -> pl.DataFrame | None:
    schema = {str(number): pl.String for number in range(len(names))}
    try:
        frame = pl.read_csv(
            text, has_header=False, schema=schema, separator=mark, quote_char=quote
        )
    except pl.exceptions.PolarsError:
        return None
    frame.columns = list(names)
    if quote is None:
        return frame
    return frame.with_columns(pl.all().replace("", None))


def _placed(frame: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    return frame.with_columns(places.alias("_row"), pl.lit(value=False).alias(RAGGED))


def _by_csv(found: Iterator[lines.Record], names: tuple[str, ...]) -> pl.DataFrame:
    """Return records of the csv module; ragged ones are padded or cut, and marked."""
    rows = [(first, row) for first, row, _ in found if row]
    width = len(names)
    ragged = [len(row) != width for _, row in rows]
    padded = [(row + [""] * width)[:width] if len(row) != width else row for _, row in rows]
    return cells.frame(names, padded, [first for first, _ in rows], ragged)
