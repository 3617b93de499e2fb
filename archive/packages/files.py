"""Names and hashes of files, and the manifest that stands beside signed documents.

A manifest has one line for each file, as in a BagIt bag: SHA-256, two spaces, path.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kirjaamo.archive.packages.errors import EmptyFolderError, UnsafeNameError
from kirjaamo.errors import SettingsError
from kirjaamo.files import why

MANIFEST = "manifest-sha256.txt"

_BLOCK = 1 << 20
_NAME = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,200}")
_LINE = re.compile(r"(?P<hash>[0-9a-f]{64})[ \t]+(?P<path>[^\r\n]+)")


def is_safe(path: str) -> bool:
    """Return whether a relative path is safe on every system.

    >>> is_safe("documents/1.2.3.xml"), is_safe("../a"), is_safe("/a"), is_safe("a//b")
    (True, False, False, False)
    """
    return len(path) < 1000 and all(_NAME.fullmatch(part) for part in path.split("/"))  # noqa: PLR2004 - longer than any path of ours


def listed(folder: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder, in order; the manifest beside them is none.

    Raises:
        EmptyFolderError: There is no such folder.
        UnsafeNameError: A name is not safe, or a file is a link or no ordinary file.
    """
    if not folder.is_dir():
        raise EmptyFolderError(folder=folder)
    found = []
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(place, name)
            relative = path.relative_to(folder).as_posix()
            is_plain = path.is_dir() if name in folders else path.is_file()
            if path.is_symlink() or not is_plain or not is_safe(relative):
                raise UnsafeNameError(place=folder)
            if name in names and relative != MANIFEST:
                found.append(relative)
    yield from sorted(found)


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def copied(source: BinaryIO, target: BinaryIO, most: int) -> str | None:
    """Copy a stream and return its SHA-256, or None when it is longer than *most* bytes."""
    found, left = hashlib.sha256(), most
    while block := source.read(_BLOCK):
        left -= len(block)
        if left < 0:
            return None
        found.update(block)
        target.write(block)
    return found.hexdigest()


def manifest(hashes: Mapping[str, str]) -> bytes:
    """Return the manifest of files: path to SHA-256.

    >>> manifest({"b": "1" * 64, "a": "0" * 64}).decode().split()[1::2]
    ['a', 'b']
    """
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def read_manifest(path: Path) -> dict[str, str]:
    """Return path to SHA-256.

    Raises:
        SettingsError: It cannot be read or is no manifest.
        UnsafeNameError: It names a path that is not safe.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise SettingsError(file=path, reason=why(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(file=path, reason="the file is not UTF-8 text") from None
    found = [(number, _LINE.fullmatch(line)) for number, line in enumerate(lines, start=1)]
    told: dict[str, str] = {}
    for number, match in found:
        if match is None or match["path"] in told:
            raise SettingsError(file=path, line=number, reason="it is not a manifest")
        told[match["path"]] = match["hash"]
    if not all(map(is_safe, told)):
        raise UnsafeNameError(place=path)
    return told
