"""Writing files so that nothing is ever half written.

Every output goes to a temporary name beside its place, is flushed to disk, and is renamed
when it is whole.  A crash leaves the old file or none.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kirjaamo.errors import CannotWriteError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open *path* for writing bytes; it appears only when the block ends well.

    Raises:
        CannotWriteError: No permission, no space left, or no such folder.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o600)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise CannotWriteError(path=path, reason=error.strerror or str(error)) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()


def write(path: Path, content: bytes) -> None:
    """Write *content* to *path*, whole or not at all."""
    with replacing(path) as stream:
        stream.write(content)
