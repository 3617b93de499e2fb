"""Finding documents: a JSON file, JSON lines, a folder, a zip, or an archive document (CDA).

Everything is read lazily and in name order, one document at a time, so that memory depends on
the largest document and not on how many there are.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from kirjaamo.documents import cda
from kirjaamo.documents.model import Raw
from kirjaamo.documents.parsing import LARGEST
from kirjaamo.sources.errors import (
    MissingFileError,
    NoPermissionError,
    SourceError,
    TooLargeError,
)

SUFFIXES = (".json", ".jsonl", ".ndjson", ".xml", ".zip")
"""Endings of the names of files that may hold documents."""

MEMBERS = 1_000_000
"""Most files in a zip."""

BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError,
    ValueError, OSError,
)  # fmt: skip
"""What the library says of a damaged, encrypted or strangely packed member of a zip."""

RATIO = 200
"""Most times smaller a member of a zip may be than what it unpacks to."""


def documents(path: Path) -> Iterator[Raw]:
    """Yield the documents of a file or folder.

    Raises:
        KirjaamoError: The path does not exist, cannot be opened, or is an unsafe archive.
    """
    if path.is_dir():
        for inner in sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES):
            if inner.is_file():
                yield from _file(inner, inner.relative_to(path).as_posix())
        return
    yield from _file(path, path.name)


def _file(path: Path, name: str) -> Iterator[Raw]:
    try:
        if path.suffix.lower() == ".zip":
            yield from _archive(path, name)
        elif path.suffix.lower() in (".jsonl", ".ndjson"):
            yield from _lines(path, name)
        elif path.stat().st_size > LARGEST:
            yield Raw(name, 1, b"", damage="size")
        else:
            yield _one(name, path.read_bytes())
    except FileNotFoundError:
        raise MissingFileError(source=name) from None
    except PermissionError:
        raise NoPermissionError(source=name) from None
    except OSError as error:
        raise SourceError(source=name, reason=error.strerror or str(error)) from None


def _one(name: str, content: bytes) -> Raw:
    """Return the document in the bytes of a file."""
    if name.lower().rstrip("]").endswith(".xml"):
        return cda.document(name, content)
    return Raw(name, 1, content, cda.structure_in(name))


def _lines(path: Path, name: str) -> Iterator[Raw]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(LARGEST + 1):
            number += 1
            if len(line) > LARGEST:
                yield Raw(name, number, b"", damage="size")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST)
            elif line.strip():
                yield Raw(name, number, line)


def _archive(path: Path, name: str) -> Iterator[Raw]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        yield Raw(name, 1, b"", damage="container")
        return
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > MEMBERS or any(_is_bomb(m) for m in members):
            raise TooLargeError(source=name)
        for member in sorted(members, key=lambda m: m.filename):
            if Path(member.filename).suffix.lower() in (".json", ".xml"):
                yield _member(archive, member, f"{name}[{member.filename}]")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Raw:
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
