"""Writing files so that nothing is ever half written.

Every output goes to a temporary name beside its place, is flushed to disk, and is renamed
when it is whole.  A crash leaves the old file or none.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kirjaamo.errors import CannotWriteError
from kirjaamo.messages import N_, gettext

REASONS = {
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("no space is left on the disk"),
    errno.EDQUOT: N_("no space is left on the disk"),
    errno.EFBIG: N_("the file would be larger than is allowed"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is a file, not a folder"),
    errno.EEXIST: N_("a file of that name is in the way"),
}
"""What the operating system says, as a person would say it."""


def why(error: OSError) -> str:
    """Return why a file cannot be read or written, in the language in use.

    >>> why(PermissionError(errno.EACCES, "Permission denied"))
    'no permission'
    """
    known = REASONS.get(error.errno or 0)
    return gettext(known) if known else error.strerror or type(error).__name__


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open *path* for writing bytes; it appears only when the block ends well.

    Only its owner may read the file.  A device or a pipe is written straight to, because
    there is nothing to replace.

    Raises:
        CannotWriteError: No permission, no space left, or a folder is in the way.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        with _beside(path.resolve()) as stream:
            yield stream
    except OSError as error:
        raise CannotWriteError(path=path, reason=why(error)) from None


@contextmanager
def _beside(place: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside *place* that takes its name when the block ends well."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(place)
    except BaseException:  # also when interrupted
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def write(path: Path, content: bytes) -> None:
    """Write *content* to *path*, whole or not at all."""
    with replacing(path) as stream:
        stream.write(content)
