"""XML: the repeated elements of a document as rows, streamed, with the lines they begin on.

Names are taken without their namespaces.  Attributes are ``@name``, nested elements
``client/name``; an element that stands twice in a record gives a list with commas.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from kirjaamo.sources import Piece, Unit, cells, headers, limits, place
from kirjaamo.sources.errors import (
    BrokenXmlError,
    DoctypeError,
    MissingRecordsError,
    TooLargeError,
)
from kirjaamo.sources.profile import Part
from kirjaamo.sources.trees import Row

_BLOCK = limits.MEBI


def units(location: str, part: Part, size: int) -> Iterator[Unit]:
    """Yield the whole document as one piece; the header is every path that a record has."""
    del size
    path = place.checked(location)
    length = path.stat().st_size
    if length > limits.XML:
        raise TooLargeError(source=path.name, limit=limits.XML)
    names: dict[str, None] = {}
    for _, row in _records(location, part):
        names.update(dict.fromkeys(row))
    if not names:
        raise MissingRecordsError(source=path.name, path=part.sheet or "/")
    header = headers.checked(list(names), part, path.name)
    yield Unit(path.name, location, 0, 0, length, header)


def read(unit: Unit, part: Part) -> Piece:
    """Return the records of a document, with the lines on which they begin."""
    rows, places = [], []
    for line, row in _records(unit.location, part):
        rows.append([row.get(name) for name in unit.header])
        places.append(line - 1)
    with place.opened(unit.location) as stream:
        digest, count = hashlib.sha256(), 0
        while block := stream.read(_BLOCK):
            digest.update(block)
            count += block.count(b"\n")
    return Piece(cells.frame(unit.header, rows, places), count + 1, digest.hexdigest())


class _Reader:
    """Collects the rows of the elements at a path; the parser calls it."""

    def __init__(self, source: str, wanted: tuple[str, ...]) -> None:
        self.source, self.wanted = source, wanted
        self.path: list[str] = []
        self.texts: list[list[str]] = []
        self.row: Row = {}
        self.line, self.depth = 0, 0
        self.found: list[tuple[int, Row]] = []
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.buffer_text = True

    def refuse(self, *_: object) -> None:
        raise DoctypeError(source=self.source)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name.rpartition("}")[2])
        if len(self.path) > limits.DEPTH:
            line = self.parser.CurrentLineNumber
            raise BrokenXmlError(source=self.source, line=line)
        if not self.depth and self.begins():
            self.depth, self.row = len(self.path), {}
            self.line = self.parser.CurrentLineNumber
        if self.depth:
            self.texts.append([])
            for key, value in attributes.items():
                self.keep(f"@{key.rpartition('}')[2]}", value)

    def begins(self) -> bool:
        """Tell whether the element just opened is a record."""
        if self.wanted:
            return tuple(self.path[-len(self.wanted) :]) == self.wanted
        return len(self.path) == len(("root", "record"))

    def keep(self, last: str, value: str) -> None:
        name = "/".join([*self.path[self.depth :], *([last] if last else [])])
        if name in self.row and value:
            value = f"{self.row[name]},{value}" if self.row[name] else value
        if name:
            self.row[name] = value or self.row.get(name) or ""

    def text(self, text: str) -> None:
        if self.depth:
            self.texts[-1].append(text)

    def end(self, name: str) -> None:
        del name
        if self.depth:
            value = "".join(self.texts.pop())
            if value.strip() or not self.has_children():
                self.keep("", value.strip())
            if len(self.path) == self.depth:
                self.found.append((self.line, self.row))
                self.depth = 0
        self.path.pop()

    def has_children(self) -> bool:
        """Tell whether the element just closed held elements or attributes."""
        prefix = "/".join(self.path[self.depth :]) + "/"
        return any(name.startswith(prefix) for name in reversed(self.row))


def _records(location: str, part: Part) -> Iterator[tuple[int, Row]]:
    """Yield line and row of each record.

    Raises:
        DoctypeError: The document has a DTD.
        BrokenXmlError: It is not well formed, or too deep.
    """
    source = Path(location).name
    reader = _Reader(source, tuple(filter(None, part.sheet.split("/"))))
    with place.opened(location) as stream:
        try:
            while block := stream.read(_BLOCK):
                reader.parser.Parse(block, False)  # noqa: FBT003 - expat takes no keyword
                yield from reader.found
                reader.found.clear()
            reader.parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keyword
        except (expat.ExpatError, LookupError, ValueError) as error:
            line = getattr(error, "lineno", 1)
            raise BrokenXmlError(source=source, line=line) from None
    yield from reader.found
