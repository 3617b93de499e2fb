"""Records of delimited text as columns: the fastest reader that is provably exact.

Records with as many cells as the header go to Polars in one call; the rest (ragged rows, bare
carriage returns, stray quotation marks) go to the csv module, record by record.  Both readers
see the same records, because `kirjaamo.sources.lines` finds them by the csv module's rules.
"""

from collections.abc import Iterator

import polars as pl

from kirjaamo.sources import RAGGED, cells, codeunits, lines

_REGEX_COLUMNS = 200  # a pattern of more cells takes too long to compile


def frame(text: bytes, names: tuple[str, ...], mark: str) -> pl.DataFrame:
    """Return the records of UTF-8 text with their lines, counted from 0.

    Bytes that are not UTF-8 become U+FFFD, for a rule to find.
    """
    if not text:
        return cells.frame(names, [], [])
    quick = _whole(text, names, mark)
    if quick is not None:
        return quick
    if lines.is_utf8(text):
        return _mixed(text, names, mark)
    return frame(text.decode("utf-8", "replace").encode(), names, mark)


def _whole(text: bytes, names: tuple[str, ...], mark: str) -> pl.DataFrame | None:
    """Return the frame of a text without any oddity, or nothing; broken UTF-8 is one."""
    return _quoted(text, names, mark) if b'"' in text else _quick(text, names, mark)


def _mixed(text: bytes, names: tuple[str, ...], mark: str) -> pl.DataFrame:
    """Return the frame of a text whose odd records the csv module must read."""
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
    frame, count = _polars(text, names, mark, '"'), codeunits.count(text)
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
    units, count = codeunits.codes(text), codeunits.count(text)
    if int((units == ord(mark)).sum()) != (len(names) - 1) * count:
        return None
    if b"\r" in text and not _line_ends_only(units):
        return None
    if len(names) == 1 and (b"\n\n" in text or b"\n\r\n" in text or text[0] in b"\r\n"):
        return None
    read = _polars(text, names, mark, None)
    if read is None or read.height != count:
        return None
    return _placed(read, pl.int_range(count, dtype=pl.UInt64, eager=True))


def _line_ends_only(units: pl.Series) -> bool:
    """Tell whether a line feed follows every carriage return."""
    returns = (units == codeunits.RETURN).arg_true()
    if returns[-1] + 1 >= len(units):
        return False
    return bool((units.gather(returns + 1) == codeunits.FEED).all())


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
