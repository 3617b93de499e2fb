"""Text as a column of code units (bytes, or the pairs of UTF-16), for finding places in it."""

import polars as pl
import pyarrow as pa

QUOTE, FEED, RETURN = 34, 10, 13


def count(content: bytes) -> int:
    """Return the lines of a UTF-8 text; a last one without a line feed counts."""
    feeds = int((codes(content) == FEED).sum())
    return feeds + (bool(content) and not content.endswith(b"\n"))


def codes(content: bytes, width: int = 1) -> pl.Series:
    """Return the code units of a text as a column, without copying them."""
    kind = pa.uint8() if width == 1 else pa.uint16()
    count = len(content) // width
    found = pl.from_arrow(pa.Array.from_buffers(kind, count, [None, pa.py_buffer(content)]))
    assert isinstance(found, pl.Series)  # noqa: S101 - for the type checker; an array gives a series
    return found


def units_as_text(units: pl.Series) -> str:
    """Return a text with one character per code unit, for counting places in it."""
    content = units.cast(pl.UInt32).to_arrow().buffers()[1].to_pybytes()[: 4 * len(units)]
    return str(content.decode("utf-32-le", "surrogatepass"))
