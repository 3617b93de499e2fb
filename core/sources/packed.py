"""Looking into a packed workbook before it is opened: its lock and its true size.

The reader of workbooks unpacks a whole sheet into memory, with a cell for every place between
the first and the last one that is filled: two far cells would be enough to fill any machine.
"""

import re
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path

import polars as pl

from kirjaamo.messages import N_
from kirjaamo.sources import limits, place
from kirjaamo.sources.errors import CorruptFileError, PasswordError, TooLargeError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_BLOCK = 4 * limits.MEBI
_TAIL = 32  # longer than a reference, which may lie across two blocks


def checked(location: str) -> Path:
    """Return the path of a workbook that is safe to open.

    Raises:
        PasswordError: It is locked.
        TooLargeError: It unpacks to more than the limits allow.
        CorruptFileError: It is no workbook.
    """
    path = place.checked(location)
    start = place.between(location, 0, len(_OLE))
    if start == _OLE:
        if path.stat().st_size > limits.UNPACKED:
            raise TooLargeError(source=path.name, limit=limits.UNPACKED)
        if _LOCKED in path.read_bytes():
            raise PasswordError(source=path.name)
    elif start.startswith(_ZIP):
        known = path.stat()
        _look_into(path, known.st_size, known.st_mtime_ns)
    else:
        raise CorruptFileError(source=path.name, kind="xlsx, xls, ods")
    return path


@lru_cache(maxsize=64)
def _look_into(path: Path, size: int, changed: int) -> None:
    """Refuse a package that unpacks to too much; a workbook is looked into once, not by sheet."""
    del changed
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            packed = max(size, 1)
            bomb = unpacked > limits.RATIO_FREE and unpacked > limits.RATIO * packed
            if bomb or unpacked > limits.UNPACKED:
                raise TooLargeError(source=path.name, limit=limits.UNPACKED)
            for member in members:
                if _SHEET.fullmatch(member.filename):
                    _check_area(archive, member, path.name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ):
        raise CorruptFileError(source=path.name, kind="xlsx, ods") from None


def _check_area(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str) -> None:
    """Refuse a sheet whose last row and column span more cells than the limit."""
    column, row, tail = 0, 0, b""
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            text = pl.Series([(tail + block).decode("latin-1")])
            found = text.str.extract_all('r="[A-Z]{1,3}[0-9]+"').explode()
            rows = found.str.extract("([0-9]{1,7})").cast(pl.UInt32)
            widths = found.str.extract("([A-Z]+)[0-9]").unique().drop_nulls()
            row = max([row, *rows.unique().drop_nulls().top_k(1)])
            column = max([column, *map(_number, widths)])
            tail = block[-_TAIL:]
    if row * column > limits.CELLS:
        raise TooLargeError(source=source, limit=limits.CELLS, unit=N_("cells"))


def _number(letters: str) -> int:
    """Return the number of a column.

    >>> [_number(letters) for letters in ("A", "Z", "AA")]
    [1, 26, 27]
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
