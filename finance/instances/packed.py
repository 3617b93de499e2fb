"""Report packages: zip files, judged before anything of them is written.

Specification: Report Package 1.0.  One package holds one folder with ``reports/`` in it.
"""

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from kirjaamo.finance.instances.errors import (
    BROKEN_ZIP,
    NO_REPORT,
    InstanceError,
    TooLargeInstanceError,
    UnsafePackageError,
)
from kirjaamo.sources import limits

MOST: Final = 10_000
"""Most files of a package."""

_BLOCK: Final = 1 << 20
_MARK: Final = "META-INF/reportPackage.json"
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
                  UnicodeError)  # fmt: skip


def is_package(path: Path) -> bool:
    """Tell whether a zip file calls itself a report package."""
    try:
        with zipfile.ZipFile(path) as package:
            return any(name.endswith(f"/{_MARK}") for name in package.namelist())
    except (*_BROKEN, OSError):
        return False


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Give the report of a package, unpacked to a folder that is taken away in the end.

    Raises:
        UnsafePackageError: A name leads out of the folder.
        TooLargeInstanceError: It unpacks to too much.
        InstanceError: It is damaged, or holds no report or several.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with zipfile.ZipFile(path) as package:
                _judge(package, path)
                _unpack(package, folder, path)
        except _BROKEN:
            raise InstanceError(file=path.name, reason=BROKEN_ZIP) from None
        yield _report(folder, path)


def _judge(package: zipfile.ZipFile, path: Path) -> None:
    """Refuse what is unsafe or too large by its own word."""
    members = package.infolist()
    size = sum(one.file_size for one in members)
    bomb = size > limits.RATIO_FREE and size > limits.RATIO * max(path.stat().st_size, 1)
    if bomb or size > limits.UNPACKED or len(members) > MOST:
        raise TooLargeInstanceError(file=path.name, limit=limits.UNPACKED // limits.MEBI)
    for one in members:
        name = PurePosixPath(one.filename)
        strange = "\\" in one.filename or ":" in one.filename or "\x00" in one.orig_filename
        linked = stat.S_ISLNK(one.external_attr >> 16)
        if name.is_absolute() or ".." in name.parts or strange or linked:
            raise UnsafePackageError(file=path.name)


def _unpack(package: zipfile.ZipFile, folder: Path, path: Path) -> None:
    """Unpack the files, counting what really comes out."""
    left = limits.UNPACKED
    for one in package.infolist():
        if one.is_dir():
            continue
        place = folder / one.filename
        place.parent.mkdir(parents=True, exist_ok=True)
        with package.open(one) as source, place.open("wb") as target:
            while block := source.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise TooLargeInstanceError(
                        file=path.name, limit=limits.UNPACKED // limits.MEBI
                    )
                target.write(block)


def _report(folder: Path, path: Path) -> Path:
    """Return the one report of an unpacked package."""
    from kirjaamo.finance.instances.csv import metadata_of

    reports = [one for one in folder.glob("*/reports") if one.is_dir()]
    if len(reports) != 1:
        raise InstanceError(file=path.name, reason=NO_REPORT)
    whole = sorted(reports[0].glob("*.xbrl"))
    if len(whole) == 1:
        return whole[0]
    alone = sorted(reports[0].glob("*.json"))
    return alone[0] if len(alone) == 1 else metadata_of(reports[0])
