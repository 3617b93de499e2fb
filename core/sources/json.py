"""JSON documents: the objects of a list, found by a ``/``-path of names.

The document is looked through once without building its objects; each piece is then read
alone from its bytes.  The row a person sees is the number of the record in the list.
"""

import hashlib
import re
from collections.abc import Iterator

import msgspec
import pyarrow as pa

from kirjaamo.sources import Piece, Unit, cells, headers, limits, place
from kirjaamo.sources.errors import BrokenJsonError, MissingRecordsError, TooLargeError
from kirjaamo.sources.profile import Part
from kirjaamo.sources.trees import Row, flattened

_DECODER = msgspec.json.Decoder(float_hook=str)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_MARK = b"\xef\xbb\xbf"


def units(location: str, part: Part, size: int) -> Iterator[Unit]:
    """Yield pieces of whole records; the header is every name that a record has, in order."""
    path = place.checked(location)
    if path.stat().st_size > limits.JSON:
        raise TooLargeError(source=path.name, limit=limits.JSON)
    content = place.between(location, 0, limits.JSON)
    cuts = list(_cuts(_spans(content, part, path.name), max(size, 1)))
    names: dict[str, None] = {}
    for start, stop in cuts:
        for row in _rows(content[start:stop]):
            names.update(dict.fromkeys(row or ()))
    if not names:
        raise MissingRecordsError(source=path.name, path=part.sheet or "/")
    header = headers.checked(list(names), part, path.name)
    for number, (start, stop) in enumerate(cuts):
        yield Unit(path.name, location, number, start, stop, header)


def read(unit: Unit, part: Part) -> Piece:
    """Return the records of a piece as rows, numbered in their list."""
    del part
    content = place.between(unit.location, unit.start, unit.stop)
    found = _rows(content)
    rows = [[(row or {}).get(name) for name in unit.header] for row in found]
    ragged = [row is None for row in found]
    frame = cells.frame(unit.header, rows, range(len(rows)), ragged)
    return Piece(frame, len(rows), hashlib.sha256(content).hexdigest())


def _rows(content: bytes) -> list[Row | None]:
    """Return the records of a piece; one that is no object, or too deep, is nothing."""
    records = _DECODER.decode(b"[" + content + b"]")
    return [flattened(record) if isinstance(record, dict) else None for record in records]


def _spans(content: bytes, part: Part, source: str) -> list[tuple[int, int]]:
    """Return where each record begins and ends in the document.

    Raises:
        MissingRecordsError: The path does not lead to a list or an object.
        BrokenJsonError: The document is not JSON in UTF-8.
    """
    start = len(_MARK) if content.startswith(_MARK) else 0
    inner: memoryview | msgspec.Raw = memoryview(content)[start:]
    try:
        content.decode()
        msgspec.json.decode(inner)
        for name in filter(None, part.sheet.split("/")):
            inner = _OBJECT.decode(inner)[name]
        records = _LIST.decode(inner)
    except (KeyError, msgspec.ValidationError):
        raise MissingRecordsError(source=source, path=part.sheet or "/") from None
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BrokenJsonError(source=source, line=_line(content, error)) from None
    base = pa.py_buffer(content).address
    buffers = [pa.py_buffer(memoryview(record)) for record in records]
    return [(b.address - base, b.address - base + b.size) for b in buffers]


def _line(content: bytes, error: Exception) -> int:
    """Return the line that an error of the decoder is about; the last one when it is cut short."""
    if isinstance(error, UnicodeDecodeError):
        return content.count(b"\n", 0, error.start) + 1
    byte = re.search(r"byte ([0-9]+)", str(error))
    return content.count(b"\n", 0, int(byte[1]) if byte else len(content)) + 1


def _cuts(spans: list[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """Yield start and stop of runs of records, about *size* bytes each."""
    if not spans:
        return
    begin, end = spans[0]
    for start, stop in spans[1:]:
        if end - begin >= size:
            yield begin, end
            begin = start
        end = stop
    yield begin, end
