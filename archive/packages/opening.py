"""Packages as they come: folders or zip files, opened and unpacked safely.

Every name is judged before anything is written, sizes are limited while unpacking and not only
by what the file says of itself, and what was unpacked appears only when all of it is there.
"""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kirjaamo.archive.packages import files
from kirjaamo.archive.packages.bagging import beside
from kirjaamo.archive.packages.errors import (
    NoPackageError,
    NotEmptyError,
    TooLargePackageError,
    UnsafeNameError,
)
from kirjaamo.documents.reading import BROKEN
from kirjaamo.errors import CannotWriteError
from kirjaamo.files import replacing, why
from kirjaamo.messages import N_, gettext

MOST, LARGEST = 1_000_000, 64 << 30
"""Most files of a package, and most bytes."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member of a zip, so that the same bag gives the same bytes."""

NO_BAG = N_("it is neither a bag nor a zip file with one bag in it")
BROKEN_ZIP = N_("the zip file is damaged, locked or strangely packed")


def write_zip(bag: Path, target: Path) -> None:
    """Write a bag as one zip file; nothing is compressed, so that the bytes are always the same.

    Raises:
        CannotWriteError: There is no space or no permission.
    """
    with (
        replacing(target) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
    ):
        for path in sorted(p for p in bag.rglob("*") if p.is_file()):
            member = zipfile.ZipInfo(f"{bag.name}/{path.relative_to(bag).as_posix()}", EPOCH)
            member.external_attr = (stat.S_IFREG | 0o644) << 16
            with (
                path.open("rb") as source,
                archive.open(member, "w", force_zip64=True) as place,
            ):
                files.copied(source, place, LARGEST)  # type: ignore[arg-type]  # the stub says IO[bytes]


@contextmanager
def opened(package: Path) -> Iterator[Path]:
    """Give the folder of a package; a zip file is unpacked to a place that is taken away again.

    Raises:
        NoPackageError: It is no package.
        UnsafeNameError: A name in it is not safe.
        TooLargePackageError: It unpacks to more than is allowed.
    """
    if package.is_dir():
        yield package
        return
    with TemporaryDirectory(prefix="kirjaamo-") as place:
        extract(package, Path(place))
        found = list(Path(place).iterdir())
        if len(found) != 1 or not (found[0] / "bagit.txt").is_file():
            raise NoPackageError(place=package, reason=gettext(NO_BAG))
        yield found[0]


def is_bag(path: Path) -> bool:
    """Return whether a path is a bag: a folder or a zip file."""
    return (path / "bagit.txt").is_file() or (path.is_file() and zipfile.is_zipfile(path))


def extract(package: Path, target: Path) -> None:
    """Write the members of a zip file below *target*; errors as `opened`."""
    try:
        with zipfile.ZipFile(package) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _judge(members, package)
            for one in members:
                path = target / one.filename
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(one) as source, path.open("xb") as place:
                    if files.copied(source, place, one.file_size) is None:  # type: ignore[arg-type]  # the stub says IO[bytes]
                        raise _too_large(package)
    except (TooLargePackageError, UnsafeNameError):
        raise
    except BROKEN:
        raise NoPackageError(place=package, reason=gettext(BROKEN_ZIP)) from None


def _judge(members: Sequence[zipfile.ZipInfo], package: Path) -> None:
    names = [one.filename for one in members]
    links = any(stat.S_ISLNK(one.external_attr >> 16) for one in members)
    if links or len({name.lower() for name in names}) != len(names):
        raise UnsafeNameError(place=package)
    if not all(map(files.is_safe, names)):
        raise UnsafeNameError(place=package)
    if len(members) > MOST or sum(one.file_size for one in members) > LARGEST:
        raise _too_large(package)


def _too_large(package: Path) -> TooLargePackageError:
    return TooLargePackageError(place=package, files=MOST, gigabytes=LARGEST >> 30)


def unpack(bags: Sequence[Path], target: Path) -> int:
    """Write the documents and frames of verified bags to a new folder, byte by byte.

    Returns:
        How many files were written.

    Raises:
        NotEmptyError: The folder is not empty.
        UnsafeNameError: Two bags hold the same file, or a name is not safe.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmptyError(folder=target)
    with beside(target) as place:
        return sum(_payload(bag, place) for bag in bags)


def _payload(bag: Path, place: Path) -> int:
    names = list(files.listed(bag / "data"))
    for name in names:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with (bag / "data" / name).open("rb") as source, path.open("xb") as target:
                files.copied(source, target, LARGEST)
        except FileExistsError:
            raise UnsafeNameError(place=bag) from None
        except OSError as error:
            raise CannotWriteError(path=path, reason=why(error)) from None
    return len(names)
