"""Making BagIt bags of bounded size.

A bag holds documents and their frames, an index of them (CSV and Parquet) and statistics, all
without personal data.  It is made beside its place and renamed when it is whole.  The same
files, day and names give the same bytes; the day is passed in.
"""

import datetime as dt
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from itertools import groupby
from pathlib import Path

import bagit
import msgspec

from kirjaamo.archive.packages import contents, files
from kirjaamo.archive.packages.contents import Entry
from kirjaamo.archive.packages.errors import DoesNotHoldError, NotEmptyError
from kirjaamo.errors import CannotWriteError
from kirjaamo.files import why
from kirjaamo.messages import N_, gettext
from kirjaamo.tabular import write_csv

INDEX, STATISTICS = "index/index", "index/statistics.json"
TAG_MANIFEST = "tagmanifest-sha256.txt"
CHANGED = N_("it was changed while it was packed")

logging.getLogger("bagit").setLevel(logging.CRITICAL)  # it tells every file


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a bag may be.

    Attributes:
        documents: Most documents.
        bytes: Most bytes of documents and frames; a single larger document has its own bag.
    """

    documents: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag that was made.

    Attributes:
        name: Its name.
        path: Its folder.
        hash: SHA-256 of its tag manifest, which hashes all there is in it.
        entries: Its files.
    """

    name: str
    path: Path
    hash: str
    entries: tuple[Entry, ...]


def divided(entries: Sequence[Entry], limits: Limits) -> Iterator[list[Entry]]:
    """Yield the files of each bag, in the order of identifiers; frames stay with documents."""
    chosen: list[Entry] = []
    documents = size = 0
    for _, group in groupby(sorted(entries, key=_order), key=lambda one: one.document_id):
        members = list(group)
        more = sum(one.bytes for one in members)
        if chosen and (documents == limits.documents or size + more > limits.bytes):
            yield chosen
            chosen, documents, size = [], 0, 0
        chosen += members
        documents, size = documents + 1, size + more
    if chosen:
        yield chosen


def _order(one: Entry) -> tuple[list[int], str, str]:
    arcs = [int(arc) for arc in one.document_id.split(".") if arc.isdigit()]
    return arcs, one.document_id, one.file


def make(
    source: Path, entries: Sequence[Entry], target: Path, facts: Mapping[str, str], day: dt.date
) -> Bag:
    """Make one bag and return it.

    Args:
        source: Folder of the files.
        entries: The files that go in.
        target: Folder of the bag; it must not be there.
        facts: What is told of the bag beside: label to text.
        day: Day of the bag.

    Raises:
        NotEmptyError: The place is taken.
        DoesNotHoldError: A file was changed since it was surveyed.
        CannotWriteError: There is no space or no permission.
    """
    if target.exists():
        raise NotEmptyError(folder=target)
    with beside(target) as place:
        for one in entries:
            _put(source / one.file, place / one.file, one, target.name)
        told = {**facts, "External-Identifier": target.name, "Bagging-Date": day.isoformat()}
        told["Bag-Software-Agent"] = f"kirjaamo {version('kirjaamo')}"
        made = bagit.make_bag(str(place), told, checksums=["sha256"])
        _describe(place, list(entries))
        made.save()
        found = files.sha256(place / TAG_MANIFEST)
    return Bag(target.name, target, found, tuple(entries))


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a new folder that takes the name *target* when the block ends well.

    Raises:
        CannotWriteError: There is no space or no permission.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise CannotWriteError(path=target, reason=why(error)) from None
    try:
        yield place
        if target.is_dir():
            target.rmdir()  # empty, as was asked before
        place.rename(target)
    except OSError as error:
        raise CannotWriteError(path=target, reason=why(error)) from None
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _put(source: Path, target: Path, one: Entry, bag: str) -> None:
    """Copy a file that is as it was surveyed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as before, target.open("xb") as after:
        if files.copied(before, after, one.bytes) != one.sha256:
            raise DoesNotHoldError(count=1, place=bag, file=one.file, reason=gettext(CHANGED))


def _describe(place: Path, entries: list[Entry]) -> None:
    """Write index and statistics beside the payload."""
    table = contents.index(entries)
    (place / "index").mkdir()
    with (place / f"{INDEX}.csv").open("wb") as stream:
        write_csv(stream, table)
    packed = BytesIO()
    table.write_parquet(packed, compression="zstd")
    (place / f"{INDEX}.parquet").write_bytes(packed.getvalue())
    counted = msgspec.json.format(msgspec.json.encode(contents.statistics(entries)), indent=1)
    (place / STATISTICS).write_bytes(counted + b"\n")
