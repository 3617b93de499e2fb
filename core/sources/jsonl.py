"""JSON Lines: one object per line, read in pieces of any size.

Nested objects become columns with ``/`` (``client/name``).  A line that is not a JSON object
is kept as a ragged row without cells, so that one cut line does not stop the rest.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kirjaamo.sources import Piece, Unit, cells, headers, limits, place
from kirjaamo.sources.errors import BrokenJsonError, RecordTooLongError
from kirjaamo.sources.profile import Part
from kirjaamo.sources.trees import Row, flattened

_DECODER = msgspec.json.Decoder(float_hook=str)
_MARK = b"\xef\xbb\xbf"


def units(location: str, part: Part, size: int) -> Iterator[Unit]:
    """Yield pieces of whole lines; the header is every name that a line has, in order."""
    path = place.checked(location)
    cuts = list(_cuts(location, max(size, 1)))
    names: dict[str, None] = {}
    for start, stop in cuts:
        for row in _rows(place.between(location, start, stop)):
            names.update(dict.fromkeys(row or ()))
    if not names:
        raise BrokenJsonError(source=path.name, line=1)
    header = headers.checked(list(names), part, path.name)
    for number, (start, stop) in enumerate(cuts):
        yield Unit(path.name, location, number, start, stop, header)


def read(unit: Unit, part: Part) -> Piece:
    """Return the objects of a piece as rows, with their lines."""
    del part
    content = place.between(unit.location, unit.start, unit.stop)
    rows, places, ragged = [], [], []
    for line, row in enumerate(_rows(content)):
        if row is not _BLANK:
            rows.append([(row or {}).get(name) for name in unit.header])
            places.append(line)
            ragged.append(row is None)
    found = cells.frame(unit.header, rows, places, ragged)
    count = content.count(b"\n") + (not content.endswith(b"\n"))
    return Piece(found, count, hashlib.sha256(content).hexdigest())


_BLANK: Row = {}


def _rows(content: bytes) -> Iterator[Row | None]:
    """Yield a row for every line: `_BLANK` for a blank one, nothing for a broken one."""
    lines = content.removeprefix(_MARK).split(b"\n")
    if not lines[-1]:
        lines.pop()
    for line in lines:
        yield _row(line) if line.strip() else _BLANK


def _row(line: bytes) -> Row | None:
    try:
        found = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _repaired(line)
    except RecursionError:
        return None
    return flattened(found) if isinstance(found, dict) else None


def _repaired(line: bytes) -> Row | None:
    """Return the row of a line whose bytes are not UTF-8, with U+FFFD in their place."""
    text = line.decode("utf-8", "replace").encode()
    if text == line:
        return None
    try:
        found = _DECODER.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    return flattened(found) if isinstance(found, dict) else None


def _cuts(location: str, size: int) -> Iterator[tuple[int, int]]:
    start, rest = 0, b""
    with place.opened(location) as stream:
        while block := stream.read(size):
            end = block.rfind(b"\n") + 1
            if end:
                yield start, start + len(rest) + end
                start, rest = start + len(rest) + end, block[end:]
            else:
                rest += block
            if len(rest) > limits.RECORD:
                line = place.between(location, 0, start).count(b"\n") + 1
                source = Path(location).name
                raise RecordTooLongError(source=source, line=line, limit=limits.RECORD)
    if rest:
        yield start, start + len(rest)
