"""Finding documents: a JSON file, JSON lines, a folder, a zip, or an archive document (CDA).

A path is cut into pieces that can be read alone, in name order; a piece is read one document at
a time, so that memory depends on the largest document and not on how many there are.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kirjaamo.documents import cda
from kirjaamo.documents.model import Raw
from kirjaamo.documents.parsing import LARGEST
from kirjaamo.sources.errors import (
    MissingFileError,
    NoPermissionError,
    SourceError,
    TooLargeError,
)

LINES = (".jsonl", ".ndjson")
SUFFIXES = (".json", ".jsonl", ".ndjson", ".xml", ".zip")
"""Endings of the names of files that may hold documents."""

RUN, TOGETHER = 4 << 20, 500
"""Bytes of JSON lines in a piece, and files in a piece."""

MEMBERS = 1_000_000
"""Most files in a zip."""

BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError,
    ValueError, OSError,
)  # fmt: skip
"""What the library says of a damaged, encrypted or strangely packed member of a zip."""

RATIO = 200
"""Most times smaller a member of a zip may be than what it unpacks to."""


class Files(msgspec.Struct, frozen=True):
    """Files of one document each: path and the name a person knows."""

    files: tuple[tuple[str, str], ...]


class Lines(msgspec.Struct, frozen=True):
    """Whole lines of a JSON-lines file: the bytes from *start* up to *stop*."""

    path: str
    name: str
    start: int
    stop: int


class Members(msgspec.Struct, frozen=True):
    """Members of a zip."""

    path: str
    name: str
    members: tuple[str, ...]


Piece = Files | Lines | Members
"""A piece of work: documents that one process reads and checks by itself."""


def documents(path: Path) -> Iterator[Raw]:
    """Yield the documents of a file or folder, with the lines a person sees.

    Raises:
        KirjaamoError: The path does not exist, cannot be opened, or is an unsafe archive.
    """
    lines: dict[str, int] = {}
    for piece in pieces(path):
        if not isinstance(piece, Lines):
            yield from read(piece)
            continue
        above = lines.get(piece.name, 0)
        for raw in read(piece):
            yield msgspec.structs.replace(raw, number=raw.number + above)
        lines[piece.name] = above + line_count(piece)


def pieces(path: Path) -> Iterator[Piece]:
    """Yield the pieces of a file or folder, in order.

    Raises:
        KirjaamoError: As `documents`.
    """
    waiting: list[tuple[str, str]] = []
    for file, name in _files(path):
        suffix = file.suffix.lower()
        if suffix in (*LINES, ".zip"):
            yield from _filed(waiting)
            with _explained(name):
                yield from _archive(file, name) if suffix == ".zip" else _cut(file, name)
            continue
        waiting.append((str(file), name))
        if len(waiting) == TOGETHER:
            yield from _filed(waiting)
    yield from _filed(waiting)


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, path.name
        return
    for inner in sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES):
        if inner.is_file():
            yield inner, inner.relative_to(path).as_posix()


def _filed(waiting: list[tuple[str, str]]) -> Iterator[Files]:
    if waiting:
        yield Files(tuple(waiting))
        waiting.clear()


def _cut(path: Path, name: str) -> Iterator[Lines]:
    """Yield the runs of whole lines of a file."""
    size, start = path.stat().st_size, 0
    with path.open("rb") as stream:
        while start < size:
            stream.seek(min(start + RUN, size))
            while (line := stream.readline(LARGEST)) and not line.endswith(b"\n"):
                pass
            stop = stream.tell()
            yield Lines(str(path), name, start, stop)
            start = stop


def _archive(path: Path, name: str) -> Iterator[Members]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        yield Members(str(path), name, ())
        return
    if len(members) > MEMBERS or any(_is_bomb(m) for m in members):
        raise TooLargeError(source=name)
    names = sorted(m.filename for m in members if _is_document(m.filename))
    for first in range(0, len(names), TOGETHER):
        yield Members(str(path), name, tuple(names[first : first + TOGETHER]))


def _is_document(name: str) -> bool:
    return Path(name).suffix.lower() in (".json", ".xml")


def read(piece: Piece) -> Iterator[Raw]:
    """Yield the documents of a piece; those of lines are numbered from 1 in the piece.

    Raises:
        KirjaamoError: A file cannot be read.
    """
    match piece:
        case Files(files):
            for path, name in files:
                with _explained(name):
                    yield _whole(Path(path), name)
        case Lines(path, name, start, stop):
            with _explained(name):
                yield from _lines(Path(path), name, start, stop)
        case Members(path, name, ()):
            yield Raw(name, 1, b"", damage="container")
        case Members(path, name, members):
            with _explained(name), zipfile.ZipFile(path) as archive:
                for member in members:
                    yield _member(archive, member, f"{name}[{member}]")


def line_count(piece: Lines) -> int:
    """Return how many lines a piece spans."""
    with Path(piece.path).open("rb") as stream:
        stream.seek(piece.start)
        content = stream.read(piece.stop - piece.start)
    return content.count(b"\n") + (not content.endswith(b"\n"))


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Say in one sentence why a file cannot be read."""
    try:
        yield
    except FileNotFoundError:
        raise MissingFileError(source=name) from None
    except PermissionError:
        raise NoPermissionError(source=name) from None
    except OSError as error:
        raise SourceError(source=name, reason=error.strerror or str(error)) from None


def _whole(path: Path, name: str) -> Raw:
    if path.stat().st_size > LARGEST:
        return Raw(name, 1, b"", damage="size")
    return _one(name, path.read_bytes())


def _one(name: str, content: bytes) -> Raw:
    """Return the document in the bytes of a file."""
    if name.lower().rstrip("]").endswith(".xml"):
        return cda.document(name, content)
    return Raw(name, 1, content, cda.structure_in(name))


def _lines(path: Path, name: str, start: int, stop: int) -> Iterator[Raw]:
    with path.open("rb") as stream:
        stream.seek(start)
        number = 0
        while stream.tell() < stop and (line := stream.readline(LARGEST + 1)):
            number += 1
            if len(line) > LARGEST:
                yield Raw(name, number, b"", damage="size")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST)
            elif line.strip():
                yield Raw(name, number, line)


def _member(archive: zipfile.ZipFile, member: str, name: str) -> Raw:
    """Return the document in a member of a zip, or what is wrong with the member."""
    try:
        return _one(name, archive.read(member))
    except BROKEN:
        return Raw(name, 1, b"", damage="container")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    packed = max(member.compress_size, 1)
    return member.file_size > LARGEST or (
        member.file_size > 1 << 20 and member.file_size / packed > RATIO
    )
